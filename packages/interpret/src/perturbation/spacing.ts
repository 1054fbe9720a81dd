import type { Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';
import { Alphabet } from './alphabet';
import { lettersOf } from './letters';
import type { Perturbable } from './model';
import { type Edit, Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { checkPlace } from './place';
import { contrast } from './results';
import { type Estimate, estimate } from './statistics';
import { dnaComplement, otherStrand } from './strands';

/** Options of `spacingScan`. Motifs are letters, or matrices [width, letters] that are put in as they stand. */
export interface SpacingOptions extends PerturbationOptions {
  /** The motif that stays. */
  readonly first: string | Matrix;
  /** The motif that moves. */
  readonly second: string | Matrix;
  /** Where the first motif begins, counted from 0; in the middle unless said. */
  readonly at?: number;
  /** Letters between the motifs; as many as fit in both orders, from 0 on, unless said. */
  readonly gaps?: readonly number[];
  /** Letters of the channels; ACGT unless said. */
  readonly alphabet?: string;
  /** Number of each letter's complement; that of ACGT unless said. */
  readonly complement?: readonly number[];
}

/** Which motif comes first in the sequence. */
export const motifOrders = ['first-second', 'second-first'] as const;

/** The strands of the first and of the second motif. */
export const motifStrands = ['++', '+-', '-+', '--'] as const;

/** How two motifs act together, [orders, strands, gaps, …outputs] as in `motifOrders` and `motifStrands`. */
export interface SpacingScan {
  /** f(both) − f(background): mean over the backgrounds and its standard error. */
  readonly joint: Estimate;
  /** f(both) − f(first) − f(second) + f(background), either motif alone in its place: 0 where they do not interact. */
  readonly interaction: Estimate;
  readonly gaps: readonly number[];
  /** Shape of the means. */
  readonly shape: readonly number[];
}

/** A motif in its place. */
interface Placed {
  readonly edit: Edit;
  /** Equal for equal places and strands. */
  readonly key: string;
}

/**
 * Two motifs at all distances, in both orders and on all strands, written over backgrounds: does one act upon the other, and
 * from how far (Avsec et al. 2021, BPNet)? x: backgrounds [batch, length, letters]
 */
export async function spacingScan<S>(model: Perturbable<S>, x: Tensor, options: SpacingOptions): Promise<SpacingScan> {
  const { lengths } = await lettersOf('spacingScan', x, options);
  const mutants = new Mutants(2);
  const { gaps, pairs } = allPlaces(mutants, x, Math.min(...lengths), options);
  const lists = lengths.map((_, row) => listPairs(mutants, row, pairs));
  const outputs = await outputsOf(model, x, mutants, options);
  const [both, first, second, none] = (['both', 'first', 'second', 'none'] as const).map((kind) =>
    lists.flatMap((list) => list[kind]),
  );
  return {
    joint: estimate(contrast(outputs, [both], [none]), lengths.length),
    interaction: estimate(contrast(outputs, [both, none], [first, second]), lengths.length),
    gaps,
    shape: [motifOrders.length, motifStrands.length, gaps.length, ...outputs.shape],
  };
}

/** Both motifs in every order, on every pair of strands, at every gap. */
function allPlaces(mutants: Mutants, x: Tensor, length: number, options: SpacingOptions) {
  const alphabet = new Alphabet('spacingScan', options.alphabet ?? 'ACGT', x);
  const motifs = [options.first, options.second].map((motif) => alphabet.rows(motif));
  const [first, second] = motifs.map((rows) => rows.length);
  const at = options.at ?? Math.floor((length - first) / 2);
  const gaps = options.gaps ?? allGaps(Math.min(at, length - at - first) - second);
  const place = placing(mutants, motifs, length, options.complement);
  const pairs = motifOrders.flatMap((order) =>
    motifStrands.flatMap((strands) =>
      gaps.map((gap) => {
        const start = order === 'first-second' ? at + first + gap : at - gap - second;
        return [place(0, strands[0], at), place(1, strands[1], start)] as const;
      }),
    ),
  );
  return { gaps, pairs };
}

/** Puts a motif on a strand, where it has room. */
function placing(mutants: Mutants, motifs: readonly Matrix[], length: number, complement = dnaComplement) {
  const pieces = motifs.map((rows) => ({
    '+': mutants.piece(rows),
    '-': mutants.piece(otherStrand(rows, complement)),
  }));
  return (motif: number, strand: string, start: number): Placed => {
    const removed = motifs[motif].length;
    checkPlace('spacingScan', start, removed, length);
    const piece = pieces[motif][strand as '+' | '-'];
    return { edit: { at: start, removed, piece }, key: `${piece} ${start}` };
  };
}

function allGaps(most: number): number[] {
  if (most >= 0) return Array.from({ length: most + 1 }, (_, gap) => gap);
  throw new RangeError(
    `spacingScan: the second motif does not fit on both sides of the first, ${-most} letters are missing; say which gaps`,
  );
}

/** Adds the mutants of one background, each once, and gives those of every pair of places. */
function listPairs(mutants: Mutants, row: number, pairs: readonly (readonly [Placed, Placed])[]) {
  const known = new Map<string, number>();
  const alone = ({ edit, key }: Placed) => {
    if (!known.has(key)) known.set(key, mutants.add(row, edit));
    return known.get(key)!;
  };
  const plain = mutants.add(row);
  return {
    both: pairs.map(([a, b]) => mutants.add(row, ...inOrder(a.edit, b.edit))),
    first: pairs.map(([a]) => alone(a)),
    second: pairs.map(([, b]) => alone(b)),
    none: pairs.map(() => plain),
  };
}

const inOrder = (a: Edit, b: Edit): [Edit, Edit] => (a.at < b.at ? [a, b] : [b, a]);

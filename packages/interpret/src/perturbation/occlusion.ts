import { Rng, type Tensor } from '@hairpin/tensors';
import type { Matrix } from '../motifs/matrix';
import { type Letters, lettersOf } from './letters';
import type { Perturbable } from './model';
import { Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { outputsOf } from './outputs';
import { differences, select, sizeOf } from './results';

/** Options of `occlusion`. */
export interface OcclusionOptions extends PerturbationOptions {
  /** Positions that are covered at a time. */
  readonly window: number;
  /** From one window to the next; 1 unless said. */
  readonly stride?: number;
  /**
   * What covers a position: `zeros` unless said, `uniform` shares, the shares of a background [letters], or the
   * window's own letters, shuffled `repeats` times.
   */
  readonly fill?: 'zeros' | 'uniform' | 'shuffle' | readonly number[];
  /** Shuffles of each window, whose effects are averaged; 10 unless said. */
  readonly repeats?: number;
  /** Where shuffles draw from; of seed 0 unless said. What a sequence draws depends on its letters alone. */
  readonly rng?: Rng;
}

/** What the model says where it cannot see. */
export interface Occlusion {
  /** f(covered) − f(x), [batch, windows, …outputs]; 0 for windows that begin beyond a sequence's length. */
  readonly differences: Float64Array;
  /** First position of each window. The last ones are cut where the sequence ends. */
  readonly starts: readonly number[];
  /** f(x), [batch, …outputs] */
  readonly unmutated: Float64Array;
  /** Shape of `differences`. */
  readonly shape: readonly number[];
}

/** Covers every window of every sequence in turn (Zeiler & Fergus 2014). x: [batch, length, letters] */
export async function occlusion<S>(model: Perturbable<S>, x: Tensor, options: OcclusionOptions): Promise<Occlusion> {
  const { window, stride = 1, fill = 'zeros', rng = new Rng(0) } = options;
  for (const [name, n] of Object.entries({ window, stride }))
    if (!(Number.isInteger(n) && n >= 1))
      throw new RangeError(`occlusion: ${name} must be a whole number ≥ 1, got ${n}`);
  const letters = await lettersOf('occlusion', x, options);
  const repeats = fill === 'shuffle' ? (options.repeats ?? 10) : 1;
  const starts = Array.from({ length: Math.ceil(x.shape[1] / stride) }, (_, i) => i * stride);
  const mutants = new Mutants();
  const unmutated = letters.lengths.map((_, sequence) => mutants.add(sequence));
  const cover = fill === 'shuffle' ? shuffledBy(rng) : coveredBy(sharesOf(fill, x.shape[2]), mutants);
  const covered = letters.lengths.flatMap((length, sequence) => {
    const piece = cover(letters, sequence, mutants);
    return starts.flatMap((at) => {
      const removed = Math.min(window, length - at);
      return Array.from({ length: repeats }, (_, repeat) =>
        removed > 0 ? mutants.add(sequence, { at, removed, piece: piece(at, removed, repeat) }) : -1,
      );
    });
  });
  const outputs = await outputsOf(model, x, mutants, options);
  const own = covered.map((_, i) => unmutated[Math.floor(i / (starts.length * repeats))]);
  return {
    differences: meanOf(differences(outputs, covered, own), repeats, sizeOf(outputs.shape)),
    starts,
    unmutated: select(outputs, unmutated),
    shape: [x.shape[0], starts.length, ...outputs.shape],
  };
}

/** The number of the piece that covers a window of a sequence. */
type Cover = (
  letters: Letters,
  sequence: number,
  mutants: Mutants,
) => (at: number, width: number, repeat: number) => number;

function sharesOf(fill: 'zeros' | 'uniform' | readonly number[], letters: number): readonly number[] {
  if (typeof fill !== 'string' && fill.length !== letters)
    throw new RangeError(`occlusion: expected a background of ${letters} shares, got ${fill.length}`);
  return typeof fill === 'string' ? new Array<number>(letters).fill(fill === 'zeros' ? 0 : 1 / letters) : fill;
}

function coveredBy(shares: readonly number[], mutants: Mutants): Cover {
  const pieces = new Map<number, number>();
  const piece = (width: number) => pieces.get(width) ?? mutants.piece(new Array<Matrix[0]>(width).fill(shares));
  return () => (_, width) => {
    pieces.set(width, piece(width));
    return pieces.get(width)!;
  };
}

const shuffledBy =
  (rng: Rng): Cover =>
  (letters, sequence, mutants) => {
    const own = rng.fork(letters.written(sequence));
    return (at, width, repeat) =>
      mutants.piece(
        own
          .fork(at)
          .fork(repeat)
          .shuffle(letters.rows(sequence, at, at + width)),
      );
  };

/** Means of `count` neighbours. */
function meanOf(values: Float64Array, count: number, size: number): Float64Array {
  const means = new Float64Array(values.length / count);
  for (let i = 0; i < values.length; i++)
    means[Math.floor(i / (count * size)) * size + (i % size)] += values[i] / count;
  return means;
}

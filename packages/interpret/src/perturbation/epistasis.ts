import type { Tensor } from '@hairpin/tensors';
import type { Perturbable } from './model';
import { type Edit, Mutants } from './mutants';
import { outputsOf } from './outputs';
import { contrast, differences } from './results';
import { type Variant, variantEdits, type VariantOptions } from './variants';

/** Options of `epistasis`. */
export interface EpistasisOptions extends Omit<VariantOptions, 'strands' | 'complement'> {
  /** Numbers of the variants to pair; all pairs of variants of one sequence that do not overlap, unless said. */
  readonly pairs?: readonly (readonly [number, number])[];
}

/** Double-mutant cycles. */
export interface Epistasis {
  /** Numbers of the variants, the earlier one in the sequence first. */
  readonly pairs: readonly (readonly [number, number])[];
  /** f(ab) − f(a) − f(b) + f(0), [pairs, …outputs] */
  readonly epistasis: Float64Array;
  /** f(a) − f(0), [variants, …outputs] */
  readonly singles: Float64Array;
  /** f(ab) − f(0), [pairs, …outputs] */
  readonly doubles: Float64Array;
  /** Shape of `epistasis` and `doubles`. */
  readonly shape: readonly number[];
}

/**
 * How much the effect of two variants together differs from the sum of either alone (double-mutant cycles, Horovitz 1996): 0
 * where the model adds them up.
 */
export async function epistasis<S>(
  model: Perturbable<S>,
  x: Tensor,
  variants: readonly Variant[],
  options: EpistasisOptions = {},
): Promise<Epistasis> {
  const found = await variantEdits('epistasis', x, variants, options);
  const pairs = (options.pairs ?? allPairs(variants)).map((pair) => inOrder(variants, pair));
  const mutants = new Mutants(2);
  const edits = found.map(({ edit, alt }): Edit => ({ ...edit, piece: mutants.piece(alt) }));
  const references = new Map(variants.map(({ sequence }) => [sequence, -1]));
  for (const sequence of references.keys()) references.set(sequence, mutants.add(sequence));
  const single = edits.map((edit, v) => mutants.add(variants[v].sequence, edit));
  const double = pairs.map(([a, b]) => mutants.add(variants[a].sequence, edits[a], edits[b]));
  const outputs = await outputsOf(model, x, mutants, options);
  const reference = (v: number) => references.get(variants[v].sequence)!;
  const none = pairs.map(([a]) => reference(a));
  const [first, second] = [0, 1].map((side) => pairs.map((pair) => single[pair[side]]));
  return {
    pairs,
    epistasis: contrast(outputs, [double, none], [first, second]),
    singles: differences(outputs, single, variants.map((_, v) => reference(v))), // prettier-ignore
    doubles: differences(outputs, double, none),
    shape: [pairs.length, ...outputs.shape],
  };
}

/** Whether both can be made at once: they are of one sequence and no letter or place is in both. */
function fit(a: Variant, b: Variant): boolean {
  const isApart = a.position + a.ref.length <= b.position || b.position + b.ref.length <= a.position;
  return a.sequence === b.sequence && a.position !== b.position && isApart;
}

const allPairs = (variants: readonly Variant[]): [number, number][] =>
  variants.flatMap((a, i) =>
    variants.slice(i + 1).flatMap((b, k): [number, number][] => (fit(a, b) ? [[i, i + 1 + k]] : [])),
  );

function inOrder(variants: readonly Variant[], [i, j]: readonly [number, number]): [number, number] {
  const [a, b] = [variants[i], variants[j]];
  if (!a || !b || !fit(a, b))
    throw new RangeError(`epistasis: expected two variants of one sequence that do not overlap, got ${i} and ${j}`);
  return a.position < b.position ? [i, j] : [j, i];
}

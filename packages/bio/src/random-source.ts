import { normalFromBits } from '@hairpin/tensors/random';

/** All that bio needs of a generator; `Rng` of `@hairpin/tensors/random` is one. */
export interface RandomSource {
  /** Uniform in {0, …, n − 1}, n up to 2³². */
  integer(n: number): number;
}

/** Uniform in (0, 1), a multiple of 2⁻²⁵ that is never 0 or 1, so that its logarithm is finite. */
export function uniformFrom(rng: RandomSource): number {
  return (rng.integer(2 ** 24) + 0.5) / 2 ** 24;
}

/** An index drawn with the given probabilities, which sum to 1. */
export function drawIndex(rng: RandomSource, probabilities: readonly number[]): number {
  let rest = uniformFrom(rng);
  const last = probabilities.findLastIndex((probability) => probability > 0); // rounding may leave a rest after it
  for (let index = 0; index < last; index++) {
    rest -= probabilities[index];
    if (rest < 0) return index;
  }
  return last;
}

/** Standard normal. */
export const normalFrom = (rng: RandomSource): number => normalFromBits(rng.integer(2 ** 32));

/** Whether something happens that has the given probability. */
export const happens = (rng: RandomSource, probability: number): boolean => uniformFrom(rng) < probability;

/** An integer from `least` to `most`, both included, each as likely. */
export const integerFrom = (rng: RandomSource, least: number, most: number): number =>
  least + rng.integer(most - least + 1);

/** One of `values`, each as likely. */
export const choiceFrom = <T>(rng: RandomSource, values: ArrayLike<T>): T => values[rng.integer(values.length)];

/** `count` different integers below `n` in rising order, every choice as likely (Floyd; Bentley 1987). */
export function distinctFrom(rng: RandomSource, count: number, n: number): number[] {
  const chosen = new Set<number>();
  for (let last = n - count; last < n; last++) {
    const drawn = rng.integer(last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Puts the items in random order (Fisher–Yates), in place. */
export function shuffled<Items extends { readonly length: number; [at: number]: unknown }>(
  items: Items,
  rng: RandomSource,
): Items {
  for (let i = items.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}

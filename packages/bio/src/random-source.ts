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

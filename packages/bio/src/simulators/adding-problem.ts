import { uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** Sequences of numbers and marks, and what the marked numbers sum to. */
export interface AddingProblem {
  /** A number in (0, 1), then 1 where it is marked, else 0.   [count, length, 2] */
  readonly values: Float32Array;
  readonly shape: readonly [count: number, length: number, channels: 2];
  /** [count] */
  readonly sums: Float32Array;
}

/**
 * The adding problem (Hochreiter & Schmidhuber 1997, experiment 4, as in Le, Jaitly & Hinton 2015): of each sequence two numbers
 * are marked, one in either half, and their sum is asked for. Who always says 1 has a mean squared error of 1/6.
 */
export function simulateAdding({
  rng,
  count,
  length,
}: {
  rng: RandomSource;
  count: number;
  length: number;
}): AddingProblem {
  if (!(length >= 2)) throw new RangeError(`simulateAdding: expected a length of at least 2, got ${length}`);
  const values = new Float32Array(count * length * 2);
  const sums = new Float32Array(count);
  const half = Math.floor(length / 2);
  for (let row = 0; row < count; row++) {
    const at = row * length;
    for (let t = 0; t < length; t++) values[2 * (at + t)] = uniformFrom(rng);
    for (const t of [rng.integer(half), half + rng.integer(length - half)]) {
      values[2 * (at + t) + 1] = 1;
      sums[row] += values[2 * (at + t)];
    }
  }
  return { values, shape: [count, length, 2], sums };
}

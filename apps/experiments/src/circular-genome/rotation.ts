import type { CircularSequence } from '@hairpin/bio';
import type { Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { encode } from './circles';

/** A circle as it stands in the record, and cut elsewhere.   [1 + turns, length, 4] */
export const rotations = (sequence: CircularSequence, turns: readonly number[]): Tensor =>
  encode([sequence.letters, ...turns.map((by) => sequence.rotate(by).letters)]).x;

/** Places to cut a circle, none of them its origin. */
export const drawTurns = (rng: Rng, count: number, lengthBp: number): number[] =>
  Array.from({ length: count }, () => 1 + rng.integer(lengthBp - 1));

/**
 * The largest element of |f(rot x) − rot f(x)|.
 * @param y what was made of `rotations`: [1 + turns, length, channels]
 */
export async function rotationError(y: Tensor, turns: readonly number[]): Promise<number> {
  const values = await y.data();
  const [, length, channels] = y.shape;
  const [lap, width] = [length * channels, channels];
  let most = 0;
  turns.forEach((by, i) => {
    const own = values.subarray((i + 1) * lap, (i + 2) * lap);
    for (let at = 0; at < lap; at++) most = Math.max(most, Math.abs(own[at] - values[(at + by * width) % lap]));
  });
  return most;
}

import type { Tensor } from '@hairpin/tensors';

/** Whether two tensors hold the same numbers, up to `tolerance` of the largest. */
export async function sameNumbers(a: Tensor, b: Tensor, tolerance: number): Promise<boolean> {
  const [found, expected] = [await a.data(), await b.data()];
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return difference <= tolerance * largest;
}

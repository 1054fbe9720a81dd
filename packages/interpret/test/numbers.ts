import { slice, tensor, type Tensor } from '@hairpin/tensors';
import { expect } from 'vitest';

/** Rows of numbers in double precision. */
export const rows = (...values: number[][]): Tensor =>
  tensor(Float64Array.from(values.flat()), { shape: [values.length, values[0].length] });

/** Column i, [rows, 1]. */
export const column = (x: Tensor, i: number): Tensor => slice(x, [0, i], [x.shape[0], i + 1]);

/** The numbers of a tensor. */
export const list = async (x: Tensor): Promise<number[]> => [...(await x.data())];

/** Equal number by number to so many digits. */
export function close(found: readonly number[], expected: readonly number[], digits = 12): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => expect(value, `number ${i}`).toBeCloseTo(expected[i], digits));
}

import { checkNdArray, type NdArray } from '../nd-array';

/**
 * The cell of each row in a grid of `bins` equal parts of every axis, from `low` to `high` (−1 to 1 unless said, where tanh is);
 * what lies outside belongs to the cells at the border (Omlin & Giles 1996). Cells are numbered as they are met.
 *
 * @param rows [rows, width]
 */
export function gridCells(
  rows: NdArray,
  { bins = 2, low = -1, high = 1 }: { readonly bins?: number; readonly low?: number; readonly high?: number } = {},
): Int32Array {
  checkNdArray('gridCells', rows, ['rows', 'width']);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`gridCells: expected bins ≥ 1, got ${bins}`);
  const [count, width] = rows.shape;
  const part = (value: number) => Math.min(bins - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * bins)));
  const numbers = new Map<string, number>();
  return Int32Array.from({ length: count }, (_, row) => {
    const cell = Array.from({ length: width }, (_, j) => part(rows.values[row * width + j])).join();
    if (!numbers.has(cell)) numbers.set(cell, numbers.size);
    return numbers.get(cell)!;
  });
}

import type { Matrix } from '../motifs/matrix';

/** Numbers row by row with their shape, as `await tensor.data()` and `tensor.shape` give them. */
export interface NumberArray {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** A table of numbers: rows of equal length. */
export interface Grid extends NumberArray {
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * The table that a caller handed over, as an array of shape [rows, columns] or as nested rows.
 * @throws RangeError naming `where` for a table that is empty, ragged, or holds what is not finite
 */
export function gridOf(where: string, values: NumberArray | Matrix): Grid {
  const grid = 'shape' in values ? fromArray(where, values) : fromRows(where, values);
  const wrong = indexOf(grid.data, (value) => !Number.isFinite(value));
  if (wrong < 0) return grid;
  const [row, column] = [Math.floor(wrong / grid.shape[1]), wrong % grid.shape[1]];
  throw new RangeError(
    `${where}: expected finite numbers, got ${grid.data[wrong]} in row ${row}, column ${column}; put 0 where there is nothing`,
  );
}

function fromArray(where: string, { data, shape }: NumberArray): Grid {
  const [rows, columns] = shape;
  if (shape.length !== 2 || !(rows > 0) || !(columns > 0))
    throw new RangeError(`${where}: expected a shape [rows, columns] without a 0, got [${shape.join(', ')}]`);
  if (data.length !== rows * columns)
    throw new RangeError(
      `${where}: a shape of [${shape.join(', ')}] takes ${rows * columns} numbers, got ${data.length}`,
    );
  return { data, shape: [rows, columns] };
}

function fromRows(where: string, rows: Matrix): Grid {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) throw new RangeError(`${where}: expected at least one row of numbers, got none`);
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged >= 0)
    throw new RangeError(
      `${where}: expected ${columns} numbers in each row, got ${rows[ragged].length} in row ${ragged}`,
    );
  return { data: rows.flat(), shape: [rows.length, columns] };
}

/** The rows of an array of shape [rows, columns]; nested rows stay. @throws RangeError naming `where` for another shape */
export function rowsOf(where: string, values: NumberArray | Matrix): Matrix {
  if (!('shape' in values)) return values;
  const { data, shape } = fromArray(where, values);
  return Array.from({ length: shape[0] }, (_, row) =>
    Array.from({ length: shape[1] }, (_, column) => data[row * shape[1] + column]),
  );
}

/** Rows become columns. */
export function transpose({ data, shape: [rows, columns] }: Grid): Grid {
  const turned = Float64Array.from(
    { length: rows * columns },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
  );
  return { data: turned, shape: [columns, rows] };
}

/** The lowest and the highest number. */
export function extremes(data: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    low = Math.min(low, data[i]);
    high = Math.max(high, data[i]);
  }
  return [low, high];
}

/** Where the first number stands that passes the test, or −1. */
export function indexOf(data: ArrayLike<number>, test: (value: number) => boolean): number {
  for (let i = 0; i < data.length; i++) if (test(data[i])) return i;
  return -1;
}

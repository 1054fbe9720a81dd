import type { Matrix } from '../motifs/matrix';
import { type NumberArray, rowsOf } from './grid';

/** The lowest and the highest end of the stacks; 0 … 1 where there is nothing to see. */
export function reach(heights: Matrix): [low: number, high: number] {
  let [low, high] = [0, 0];
  for (const row of heights) {
    low = Math.min(low, sum(row, -1));
    high = Math.max(high, sum(row, 1));
  }
  return low === 0 && high === 0 ? [0, 1] : [low, high];
}

/** The sum of a column's heights of one sign. */
export function sum(row: readonly number[], sign: 1 | -1): number {
  return row.reduce((total, height) => total + (sign * height > 0 ? height : 0), 0);
}

/** The tallest letter of each column, above or below the axis; a dash where there is none. */
export function tallest(heights: Matrix, letters: string): string {
  return heights
    .map((row) => row.map(Math.abs))
    .map((sizes) => (Math.max(...sizes) > 0 ? letters[sizes.indexOf(Math.max(...sizes))] : '-'))
    .join('');
}

/**
 * The heights that a caller handed over, as rows.
 * @throws RangeError naming `where` for no positions, a wrong number of heights, one that is not finite, or a narrow domain
 */
export function heightsOf(
  where: string,
  values: NumberArray | Matrix,
  letters: string,
  domain?: readonly [number, number],
): Matrix {
  const heights = rowsOf(where, values);
  if (heights.length === 0) throw new RangeError(`${where}: expected at least one position, got none`);
  const wrong = heights.findIndex((row) => row.length !== letters.length || !row.every(Number.isFinite));
  if (wrong >= 0) {
    const got = `[${heights[wrong].join(', ')}]`;
    throw new RangeError(`${where}: expected a finite height for each of ${letters} at position ${wrong}, got ${got}`);
  }
  if (domain) checkDomain(where, heights, domain);
  return heights;
}

function checkDomain(where: string, heights: Matrix, [from, to]: readonly [number, number]): void {
  const slack = 1e-3 * (to - from); // less than can be seen
  const outside = heights.findIndex((row) => sum(row, -1) < from - slack || sum(row, 1) > to + slack);
  if (outside < 0 && from < to) return;
  const got =
    outside < 0 ? '' : `; position ${outside} reaches from ${sum(heights[outside], -1)} to ${sum(heights[outside], 1)}`;
  throw new RangeError(`${where}: expected a domain that holds all letters, got [${from}, ${to}]${got}`);
}

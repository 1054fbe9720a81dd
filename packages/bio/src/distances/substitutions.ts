import { BASES } from '../base-numbers';

/**
 * How often each base of one sequence stands beside each of the other, over the positions where both have one: gaps,
 * ambiguity codes and N are passed over, case does not matter, U counts as T. [4, 4], A C G T
 * @throws RangeError if the lengths differ or no position can be compared
 */
export function basePairs(a: string, b: string): Float64Array {
  if (a.length !== b.length) {
    throw new RangeError(`basePairs: expected aligned sequences of one length, got ${a.length} and ${b.length}`);
  }
  const pairs = new Float64Array(16);
  let compared = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [BASES[a.charCodeAt(i)], BASES[b.charCodeAt(i)]];
    if (!(x < 4 && y < 4)) continue;
    pairs[4 * x + y]++;
    compared++;
  }
  if (compared === 0) throw new RangeError('basePairs: no position where both sequences have A, C, G or T');
  return pairs;
}

/** The share of positions at which two aligned sequences differ. */
export function pDistance(a: string, b: string): number {
  const { transitions, transversions } = differences(a, b);
  return transitions + transversions;
}

/**
 * Substitutions per site where all are as likely (Jukes & Cantor 1969): −¾·ln(1 − 4p/3). Infinity from p = ¾ on, where the
 * sequences are as far apart as chance.
 */
export function jukesCantor(a: string, b: string): number {
  return -0.75 * logOrNone(1 - (4 / 3) * pDistance(a, b)) + 0; // no −0
}

/**
 * Substitutions per site where transitions (A–G, C–T) have a rate of their own (Kimura 1980):
 * −½·ln(1 − 2P − Q) − ¼·ln(1 − 2Q) with P transitions and Q transversions. Infinity where a logarithm has no argument.
 */
export function kimura(a: string, b: string): number {
  const { transitions, transversions } = differences(a, b);
  return -logOrNone(1 - 2 * transitions - transversions) / 2 - logOrNone(1 - 2 * transversions) / 4 + 0;
}

/**
 * LogDet or paralinear distance (Lockhart et al. 1994; Lake 1994): −¼·ln(det F / √(Π f_a·Π f_b)), F the shares of the 16
 * pairs of bases, f those of the bases of each sequence. It adds up along a tree even where the composition drifts. Infinity
 * where the determinant is not positive; a base that neither sequence has is left out, and one that only one has makes it so.
 */
export function logDet(a: string, b: string): number {
  const pairs = basePairs(a, b);
  const total = pairs.reduce((sum, count) => sum + count, 0);
  const rows = [0, 1, 2, 3].map((x) => [0, 1, 2, 3].reduce((sum, y) => sum + pairs[4 * x + y], 0) / total);
  const columns = [0, 1, 2, 3].map((y) => [0, 1, 2, 3].reduce((sum, x) => sum + pairs[4 * x + y], 0) / total);
  const used = [0, 1, 2, 3].filter((base) => rows[base] > 0 || columns[base] > 0);
  const determinant = determinantOf(used.map((x) => used.map((y) => pairs[4 * x + y] / total)));
  const composition = used.reduce((sum, base) => sum + logOrNone(rows[base]) + logOrNone(columns[base]), 0) / 2;
  if (composition === -Infinity) return Infinity;
  return -(logOrNone(determinant) - composition) / used.length + 0;
}

/** The logarithm, −Infinity where there is none. */
const logOrNone = (x: number) => (x > 1e-15 ? Math.log(x) : -Infinity); // below, what should be 0 is left of rounding

/** The shares of the positions that differ by a transition and by a transversion. */
function differences(a: string, b: string): { transitions: number; transversions: number } {
  const pairs = basePairs(a, b);
  let [transitions, transversions, total] = [0, 0, 0];
  pairs.forEach((count, pair) => {
    const [x, y] = [pair >> 2, pair & 3];
    total += count;
    if (x === y) return;
    if ((x ^ y) === 2)
      transitions += count; // A 0 and G 2, C 1 and T 3
    else transversions += count;
  });
  return { transitions: transitions / total, transversions: transversions / total };
}

/** By elimination with the largest pivot. */
function determinantOf(matrix: number[][]): number {
  const rows = matrix.map((row) => [...row]);
  let determinant = 1;
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows
      .slice(k)
      .reduce((best, row, i) => (Math.abs(row[k]) > Math.abs(rows[best][k]) ? i + k : best), k);
    if (pivot !== k) determinant = -determinant;
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    determinant *= rows[k][k];
    if (determinant === 0) return 0;
    for (const row of rows.slice(k + 1)) {
      const factor = row[k] / rows[k][k];
      for (let j = k; j < row.length; j++) row[j] -= factor * rows[k][j];
    }
  }
  return determinant;
}

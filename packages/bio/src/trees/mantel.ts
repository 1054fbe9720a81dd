import { shuffled } from '../random-source';
import type { RandomSource } from '../random-source';
import { checkDistances } from './distance-matrix';
import type { DistanceMatrix } from './distance-matrix';
import { pathLengths } from './path-lengths';
import type { Tree } from './tree';

/** How a Mantel test is made. */
export interface MantelOptions {
  readonly rng: RandomSource;
  /** 999 unless said. */
  readonly permutations?: number;
  /** Which correlations are as extreme as the one found; `'two-sided'` unless said. */
  readonly alternative?: 'two-sided' | 'greater' | 'less';
}

/** A correlation, and how often chance does as well. */
export interface MantelResult {
  /** Pearson's correlation of the distances of all pairs; NaN where one matrix is constant. */
  readonly r: number;
  /** (1 + permutations as extreme) / (1 + permutations); NaN with r. */
  readonly p: number;
}

/** By how much a correlation is more extreme than the one found. */
const EXCESS = {
  'two-sided': (other: number, r: number) => Math.abs(other) - Math.abs(r),
  greater: (other: number, r: number) => other - r,
  less: (other: number, r: number) => r - other,
};

/**
 * Whether two distance matrices on the same names go together (Mantel 1967): the correlation of their pairs, and how often
 * it is as extreme when the names of one are permuted.
 * @throws RangeError if the names differ or a matrix is none
 */
export function mantelTest(a: DistanceMatrix, b: DistanceMatrix, options: MantelOptions): MantelResult {
  const { rng, permutations = 999, alternative = 'two-sided' } = options;
  const [x, y] = aligned('mantelTest', a, b).map(standardised);
  const order = Int32Array.from(a.names.keys());
  const r = product(x, y, order);
  let extreme = 1; // the order that was found is one of all
  for (let i = 0; i < permutations; i++) {
    shuffled(order, rng);
    const other = product(x, y, order);
    if (EXCESS[alternative](other, r) >= -1e-12) extreme++; // the same order again must count, whatever its rounding
  }
  return { r, p: Number.isNaN(r) ? NaN : extreme / (permutations + 1) };
}

/**
 * The cophenetic correlation (Sokal & Rohlf 1962): of the path lengths of a tree with the distances that it was made of,
 * over all pairs of names.
 * @throws RangeError if the leaves are not exactly the names of the matrix
 */
export function copheneticCorrelation(tree: Tree, distances: DistanceMatrix): number {
  const [x, y] = aligned('copheneticCorrelation', distances, pathLengths(tree)).map(standardised);
  return product(x, y, Int32Array.from(distances.names.keys()));
}

/** Both matrices in the order of the first. */
function aligned(where: string, a: DistanceMatrix, b: DistanceMatrix): [DistanceMatrix, DistanceMatrix] {
  checkDistances(where, a);
  checkDistances(where, b);
  const n = a.names.length;
  const places = new Map(b.names.map((name, index) => [name, index]));
  const missing = a.names.find((name) => !places.has(name));
  if (missing !== undefined || places.size !== n || b.names.length !== n) {
    const what =
      missing === undefined ? `${n} and ${b.names.length} names` : `${JSON.stringify(missing)} on one side only`;
    throw new RangeError(`${where}: expected the same different names on both sides, got ${what}`);
  }
  const order = a.names.map((name) => places.get(name)!);
  const values = Float64Array.from(a.values, (_, at) => b.values[order[Math.floor(at / n)] * n + order[at % n]]);
  return [a, { names: a.names, values }];
}

/** The matrix less the mean of its pairs, over the root of their squares: then a correlation is a sum of products. */
function standardised({ names, values }: DistanceMatrix): Float64Array {
  const n = names.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / (n * (n - 1));
  const centred = values.map((value, at) => (Math.floor(at / n) === at % n ? 0 : value - mean));
  const size = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => value / (size > 1e-12 * Math.abs(mean) * n ? size : NaN)); // constant but for rounding
}

/** Σ x(order i, order j)·y(i, j). */
function product(x: Float64Array, y: Float64Array, order: Int32Array): number {
  const n = order.length;
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += x[order[i] * n + order[j]] * y[i * n + j];
  return sum;
}

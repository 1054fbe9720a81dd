import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { type LongRun, Pace } from '../long-run';
import { checkNdArray, type NdArray } from './nd-array';

/** Principal components of rows. */
export interface Pca {
  /** [width] */
  readonly mean: Float64Array;
  /** [components, width], orthonormal, that of the largest variance first; the largest number of each is positive. */
  readonly components: NdArray<Float64Array>;
  /** [components], the variance along each, over rows − 1. */
  readonly variances: Float64Array;
  /** [components], which fraction of the whole variance each is. */
  readonly explained: Float64Array;
  /** [rows, components], the rows in these coordinates. */
  readonly scores: NdArray<Float64Array>;
}

/**
 * Principal component analysis, by the eigenvectors of the covariance in f64.
 *
 * @param rows [rows, width], such as hidden states
 */
export async function pca(
  rows: NdArray,
  { components = 2, ...run }: LongRun & { readonly components?: number } = {},
): Promise<Pca> {
  checkNdArray('pca', rows, ['rows', 'width']);
  const [count, width] = rows.shape;
  if (count < 2) throw new RangeError(`pca: expected at least 2 rows, got ${count}`);
  if (!Number.isInteger(components) || components < 1 || components > width)
    throw new RangeError(`pca: expected 1 to ${width} components, got ${components}`);
  const pace = new Pace(run, count);
  const mean = meanOf(rows);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(await covarianceOf(rows, mean, pace), {
    assumeSymmetric: true,
  });
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const all = realEigenvalues.map((value) => Math.max(0, value)); // rounding can make what is 0 negative
  const whole = all.reduce((sum, value) => sum + value, 0);
  const chosen = order.slice(0, components);
  const variances = Float64Array.from(chosen, (i) => all[i]);
  const axes = {
    values: Float64Array.from(chosen.flatMap((i) => upright(eigenvectorMatrix.getColumn(i)))),
    shape: [components, width],
  };
  return {
    ...{ mean, components: axes, variances },
    explained: variances.map((variance) => (whole > 0 ? variance / whole : 0)),
    scores: projectOnto({ mean, components: axes }, rows),
  };
}

/** Rows in the coordinates of components that may have been found on others.   [rows, width] → [rows, components] */
export function projectOnto(
  { mean, components }: Pick<Pca, 'mean' | 'components'>,
  rows: NdArray,
): NdArray<Float64Array> {
  checkNdArray('projectOnto', rows, ['rows', 'width']);
  const [count, width] = rows.shape;
  if (width !== mean.length) throw new RangeError(`projectOnto: expected rows of ${mean.length} numbers, got ${width}`);
  const [axes] = components.shape;
  const values = new Float64Array(count * axes);
  for (let row = 0; row < count; row++)
    for (let k = 0; k < axes; k++)
      for (let j = 0; j < width; j++)
        values[row * axes + k] += (rows.values[row * width + j] - mean[j]) * components.values[k * width + j];
  return { values, shape: [count, axes] };
}

function meanOf({ values, shape: [count, width] }: NdArray): Float64Array {
  const mean = new Float64Array(width);
  for (let i = 0; i < count * width; i++) mean[i % width] += values[i] / count;
  return mean;
}

async function covarianceOf({ values, shape: [count, width] }: NdArray, mean: Float64Array, pace: Pace) {
  const sums = new Float64Array(width ** 2);
  for (let row = 0; row < count; row++) {
    const own = mean.map((center, j) => values[row * width + j] - center);
    for (let i = 0; i < width; i++) for (let j = i; j < width; j++) sums[i * width + j] += own[i] * own[j];
    if (row % 256 === 255 || row === count - 1) await pace.reach(row + 1);
  }
  const covariance = new Matrix(width, width);
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++) {
      covariance.set(i, j, sums[i * width + j] / (count - 1));
      covariance.set(j, i, sums[i * width + j] / (count - 1));
    }
  return covariance;
}

/** The same axis, its largest number positive: the sign of an eigenvector means nothing. */
function upright(axis: readonly number[]): number[] {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-12 ? value : best), 0);
  return axis.map((value) => (largest < 0 ? -value : value));
}

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Pace } from '../long-run';

/** Features and targets of rows, [rows, features] and [rows, targets]. */
export interface Design {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly features: number;
  readonly targets: number;
}

/** A linear map: y = intercepts + x·weights. */
export interface LinearMap {
  /** [features, targets] */
  readonly weights: Float64Array;
  /** [targets] */
  readonly intercepts: Float64Array;
}

/** Means over rows: all that ridge regression needs to know of them. */
interface Moments {
  readonly x: Float64Array; // [features]
  readonly y: Float64Array; // [targets]
  readonly xx: Float64Array; // [features, features], the upper triangle
  readonly xy: Float64Array; // [features, targets]
}

/**
 * Ridge regression in closed form, (C_xx + λ·I)·w = C_xy with the covariances C over `rows` (Hoerl & Kennard 1970): one
 * eigendecomposition, after which every λ is two products. The intercept is not penalised.
 */
export async function ridgeSolver(
  design: Design,
  rows: Int32Array,
  pace: Pace,
): Promise<(lambda: number) => LinearMap> {
  const { features, targets } = design;
  const { x, y, xx, xy } = await momentsOf(design, rows, pace);
  const covariance = new Matrix(features, features);
  for (let i = 0; i < features; i++)
    for (let j = i; j < features; j++) {
      const value = xx[i * features + j] - x[i] * x[j];
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  const shared = new Matrix(features, targets);
  for (let i = 0; i < features; i++)
    for (let k = 0; k < targets; k++) shared.set(i, k, xy[i * targets + k] - x[i] * y[k]);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const projected = eigenvectorMatrix.transpose().mmul(shared);
  return (lambda) => {
    const shrunk = new Matrix(features, targets);
    realEigenvalues.forEach((value, i) => {
      for (let k = 0; k < targets; k++) shrunk.set(i, k, projected.get(i, k) / (Math.max(value, 0) + lambda));
    });
    const weights = Float64Array.from(eigenvectorMatrix.mmul(shrunk).to1DArray());
    const intercepts = y.map((mean, k) => x.reduce((left, value, i) => left - value * weights[i * targets + k], mean));
    return { weights, intercepts };
  };
}

async function momentsOf({ x, y, features, targets }: Design, rows: Int32Array, pace: Pace): Promise<Moments> {
  const sums = [features, targets, features ** 2, features * targets].map((size) => new Float64Array(size));
  const [sumX, sumY, xx, xy] = sums;
  for (const [n, row] of rows.entries()) {
    const [own, aims] = [x.subarray(row * features), y.subarray(row * targets)];
    for (let k = 0; k < targets; k++) sumY[k] += aims[k];
    for (let i = 0; i < features; i++) {
      const value = own[i];
      sumX[i] += value;
      for (let j = i; j < features; j++) xx[i * features + j] += value * own[j];
      for (let k = 0; k < targets; k++) xy[i * targets + k] += value * aims[k];
    }
    if (n % 256 === 0) await pace.breathe();
  }
  for (const sum of sums) sum.forEach((value, i) => (sum[i] = value / rows.length));
  return { x: sumX, y: sumY, xx, xy };
}

/** What a linear map says of some rows, [rows, targets]. */
export function predictions(
  { weights, intercepts }: LinearMap,
  { x, features, targets }: Design,
  rows: Int32Array,
): Float64Array {
  const found = new Float64Array(rows.length * targets);
  rows.forEach((row, n) => {
    for (let k = 0; k < targets; k++) {
      let sum = intercepts[k];
      for (let i = 0; i < features; i++) sum += x[row * features + i] * weights[i * targets + k];
      found[n * targets + k] = sum;
    }
  });
  return found;
}

import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Pace } from '../../long-run';

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

/** Sums over rows: all that ridge regression needs to know of them. */
export interface Moments {
  readonly count: number;
  readonly x: Float64Array; // [features]
  readonly y: Float64Array; // [targets]
  readonly xx: Float64Array; // [features, features], the upper triangle
  readonly xy: Float64Array; // [features, targets]
}

/** Sums over some rows. */
export async function momentsOf({ x, y, features, targets }: Design, rows: Int32Array, pace: Pace): Promise<Moments> {
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
  return { count: rows.length, x: sumX, y: sumY, xx, xy };
}

/** The sums over the rows of both, or of the first without those of the second. */
export function combine(a: Moments, b: Moments, sign: 1 | -1): Moments {
  const add = (own: Float64Array, other: Float64Array) => own.map((value, i) => value + sign * other[i]);
  return {
    count: a.count + sign * b.count,
    ...{ x: add(a.x, b.x), y: add(a.y, b.y), xx: add(a.xx, b.xx), xy: add(a.xy, b.xy) },
  };
}

/**
 * Ridge regression in closed form, (C_xx + λ·I)·w = C_xy with the covariances C of some rows (Hoerl & Kennard 1970): one
 * eigendecomposition, after which every λ is two products. The intercept is not penalised.
 */
export function ridgeSolver(moments: Moments): (lambda: number) => LinearMap {
  const { x, y } = moments;
  const [features, targets] = [x.length, y.length];
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covarianceOf(moments), {
    assumeSymmetric: true,
  });
  const projected = eigenvectorMatrix.transpose().mmul(sharedCovarianceOf(moments));
  return (lambda) => {
    const shrunk = new Matrix(features, targets);
    realEigenvalues.forEach((value, i) => {
      for (let k = 0; k < targets; k++) shrunk.set(i, k, projected.get(i, k) / (Math.max(value, 0) + lambda));
    });
    const weights = Float64Array.from(eigenvectorMatrix.mmul(shrunk).to1DArray());
    const explained = (k: number) => x.reduce((sum, value, i) => sum + value * weights[i * targets + k], 0);
    return { weights, intercepts: y.map((sum, k) => (sum - explained(k)) / moments.count) };
  };
}

function covarianceOf({ count, x, xx }: Moments): Matrix {
  const covariance = new Matrix(x.length, x.length);
  for (let i = 0; i < x.length; i++)
    for (let j = i; j < x.length; j++) {
      const value = xx[i * x.length + j] / count - (x[i] / count) * (x[j] / count);
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  return covariance;
}

function sharedCovarianceOf({ count, x, y, xy }: Moments): Matrix {
  const shared = new Matrix(x.length, y.length);
  for (let i = 0; i < x.length; i++)
    for (let k = 0; k < y.length; k++) shared.set(i, k, xy[i * y.length + k] / count - (x[i] / count) * (y[k] / count));
  return shared;
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

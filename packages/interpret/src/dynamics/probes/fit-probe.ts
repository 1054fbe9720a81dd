import type { Rng } from '@hairpin/tensors';
import { type LongRun, Pace } from '../../long-run';
import { checkNdArray, type NdArray } from '../nd-array';
import { combine, type Design, type LinearMap, type Moments, momentsOf, predictions, ridgeSolver } from './ridge';
import { drawGroups, type Group, groupParts } from './split-groups';

/** How a probe is fitted and judged. */
export interface ProbeOptions extends LongRun {
  readonly rng: Rng;
  /** A group for each row, such as its sequence: groups are held out and kept whole. Each row is its own unless said. */
  readonly groups?: ArrayLike<Group>;
  /** The rows to be judged by, or which fraction of the rows, in whole groups, to draw for it; 0.2 unless said. */
  readonly heldOut?: number | readonly number[];
  /** Parts of the other rows by which λ is chosen, 5 unless said. */
  readonly folds?: number;
  /** λ to choose from, in units of the variance of a feature; powers of ten from 1e−6 to 1e3 unless said. */
  readonly lambdas?: readonly number[];
  /**
   * A type for each row, such as the k-mer at its position. Then the probe is also fitted to a control task: each type gets the
   * target of a row drawn at random (Hewitt & Liang 2019). Only what a probe does better than that is told by the features.
   */
  readonly types?: ArrayLike<Group>;
}

/** How well targets [rows, targets] are predicted; more is better. */
export type Score = (targets: Float64Array, predicted: Float64Array) => number;

/** A probe that was fitted, for the features as they came. */
export interface FittedProbe extends LinearMap {
  /** The λ that was chosen. */
  readonly lambda: number;
  /** The mean score of each λ over the folds. */
  readonly scores: readonly { readonly lambda: number; readonly score: number }[];
  /** Rows that the probe was not fitted to, and by which it is judged. */
  readonly heldOut: Int32Array;
  /** [held-out rows, targets] */
  readonly predicted: Float64Array;
}

const powersOfTen = Array.from({ length: 10 }, (_, i) => 10 ** (i - 6));

/** Chooses λ by cross-validation over groups, fits all rows that are not held out, and predicts those that are. */
export async function fitProbe(
  features: NdArray,
  targets: NdArray,
  score: Score,
  options: ProbeOptions,
): Promise<FittedProbe> {
  const { folds = 5, lambdas = powersOfTen, rng, signal, onProgress } = options;
  check(features, targets, options);
  const { train, heldOut, groups } = split(features.shape[0], options);
  const { design, restore } = standardized(features, targets, train);
  const pace = new Pace({ signal, onProgress }, folds + 1);
  const sums = new Float64Array(lambdas.length);
  const parts = groupParts(train, groups, folds, rng.fork('folds'));
  const moments: Moments[] = [];
  for (const part of parts) moments.push(await momentsOf(design, part, pace));
  const all = moments.reduce((sum, one) => combine(sum, one, 1));
  for (const [k, part] of parts.entries()) {
    const solve = ridgeSolver(combine(all, moments[k], -1));
    const own = targetsOf(design, part);
    for (const [i, lambda] of lambdas.entries()) {
      sums[i] += score(own, predictions(solve(lambda), design, part));
      await pace.breathe();
    }
    await pace.reach(k + 1);
  }
  const scores = lambdas.map((lambda, i) => ({ lambda, score: sums[i] / folds }));
  const { lambda } = scores.reduce((best, one) => (one.score >= best.score ? one : best)); // the larger λ of equals
  const map = ridgeSolver(all)(lambda);
  await pace.reach(folds + 1);
  return { ...restore(map), lambda, scores, heldOut, predicted: predictions(map, design, heldOut) };
}

/** The targets of some rows. */
export function targetsOf({ y, targets }: Pick<Design, 'y' | 'targets'>, rows: Int32Array): Float64Array {
  return Float64Array.from(
    { length: rows.length * targets },
    (_, i) => y[rows[Math.floor(i / targets)] * targets + (i % targets)],
  );
}

function check(features: NdArray, targets: NdArray, { groups, types, lambdas, folds = 5 }: ProbeOptions): void {
  checkNdArray('probe', features, ['rows', 'features']);
  checkNdArray('probe', targets, ['rows', 'targets']);
  const [rows] = features.shape;
  if (targets.shape[0] !== rows)
    throw new RangeError(`probe: expected targets of ${rows} rows, as there are features of, got ${targets.shape[0]}`);
  for (const [name, given] of Object.entries({ groups, types }))
    if (given && given.length !== rows)
      throw new RangeError(`probe: expected ${name} of ${rows} rows, got ${given.length}`);
  if (lambdas && (lambdas.length === 0 || !lambdas.every((lambda) => lambda > 0)))
    throw new RangeError(`probe: expected lambdas above 0, got [${lambdas.join(', ')}]`);
  if (!Number.isInteger(folds) || folds < 2) throw new RangeError(`probe: expected folds ≥ 2, got ${folds}`);
}

function split(count: number, { groups, heldOut = 0.2, rng }: ProbeOptions) {
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  const own = groups ?? rows;
  if (typeof heldOut === 'number') {
    const { drawn, rest } = drawGroups(rows, own, heldOut, rng.fork('held out'));
    return { train: rest, heldOut: drawn, groups: own };
  }
  const given = new Set(heldOut);
  if (![...given].every((row) => Number.isInteger(row) && row >= 0 && row < count) || given.size === 0)
    throw new RangeError(`probe: expected rows from 0 to ${count - 1} as heldOut`);
  const train = rows.filter((row) => !given.has(row));
  const heldGroups = new Set(heldOut.map((row) => own[row]));
  const shared = train.find((row) => heldGroups.has(own[row]));
  if (shared !== undefined)
    throw new RangeError(`probe: group ${own[shared]} has rows that are held out and rows that are not`);
  return { train, heldOut: Int32Array.from(given), groups: own };
}

/** Features with mean 0 and variance 1 over the rows to be fitted, and the way back for what is fitted to them. */
function standardized(features: NdArray, { values, shape: [, targets] }: NdArray, train: Int32Array) {
  const [rows, width] = features.shape;
  const [mean, scale] = [new Float64Array(width), new Float64Array(width)];
  const each = (visit: (value: number, i: number) => void) =>
    train.forEach((row) => {
      for (let i = 0; i < width; i++) visit(features.values[row * width + i], i);
    });
  each((value, i) => (mean[i] += value / train.length));
  each((value, i) => (scale[i] += (value - mean[i]) ** 2 / train.length));
  scale.forEach((variance, i) => (scale[i] = variance > 1e-24 * mean[i] ** 2 ? 1 / Math.sqrt(variance) : 0)); // constants: 0
  const x = Float64Array.from(
    { length: rows * width },
    (_, i) => (features.values[i] - mean[i % width]) * scale[i % width],
  );
  const restore = (map: LinearMap): LinearMap => {
    const weights = map.weights.map((weight, i) => weight * scale[Math.floor(i / targets)]);
    const intercepts = map.intercepts.map((value, k) =>
      mean.reduce((left, center, i) => left - center * weights[i * targets + k], value),
    );
    return { weights, intercepts };
  };
  return { design: { x, y: Float64Array.from(values), features: width, targets }, restore };
}

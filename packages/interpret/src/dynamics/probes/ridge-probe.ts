import type { NdArray } from '../nd-array';
import { controlTargets } from './control-task';
import { fitProbe, type ProbeOptions, targetsOf } from './fit-probe';

/** A linear map from features to numbers, and how well it does. */
export interface RidgeProbe {
  /** [features, targets], y = intercepts + x·weights, for the features as they came. */
  readonly weights: NdArray<Float64Array>;
  /** [targets] */
  readonly intercepts: Float64Array;
  /** The λ that was chosen. */
  readonly lambda: number;
  /** The mean R² of each λ over folds and targets. */
  readonly scores: readonly { readonly lambda: number; readonly score: number }[];
  /** R² of each target over the held-out rows: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
  readonly r2: Float64Array;
  /** Rows that the probe was not fitted to. */
  readonly heldOut: Int32Array;
  /** [held-out rows, targets] */
  readonly predicted: NdArray<Float64Array>;
  /** With `types`: R² of the control task. */
  readonly controlR2?: Float64Array;
  /** With `types`: R² less that of the control task, which counts as 0 where it is below. */
  readonly selectivity?: Float64Array;
}

/**
 * Ridge regression of targets on features, such as hidden states: how much of them a linear map can read (Alain & Bengio 2016).
 * In closed form; λ is chosen by cross-validation, and groups are held out whole.
 *
 * @param features [rows, features]
 * @param targets [rows, targets]
 */
export async function ridgeProbe(features: NdArray, targets: NdArray, options: ProbeOptions): Promise<RidgeProbe> {
  const width = targets.shape[1];
  const meanR2 = (y: Float64Array, predicted: Float64Array) => {
    const each = r2Of(y, predicted, width);
    return each.reduce((sum, value) => sum + value, 0) / width;
  };
  const judged = async (aims: NdArray) => {
    const fitted = await fitProbe(features, aims, meanR2, options);
    const own = targetsOf({ y: Float64Array.from(aims.values), targets: width }, fitted.heldOut);
    return { fitted, r2: r2Of(own, fitted.predicted, width) };
  };
  const { fitted, r2 } = await judged(targets);
  const probe = {
    ...{ r2, lambda: fitted.lambda, scores: fitted.scores, heldOut: fitted.heldOut, intercepts: fitted.intercepts },
    weights: { values: fitted.weights, shape: [features.shape[1], width] },
    predicted: { values: fitted.predicted, shape: [fitted.heldOut.length, width] },
  };
  if (!options.types) return probe;
  const { r2: controlR2 } = await judged(controlTargets(targets, options.types, options.rng.fork('control')));
  return { ...probe, controlR2, selectivity: r2.map((value, k) => value - Math.max(0, controlR2[k])) };
}

/** Of each column; 0 of a constant one. */
function r2Of(y: Float64Array, predicted: Float64Array, width: number): Float64Array {
  const rows = y.length / width;
  const [mean, left, whole] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  y.forEach((value, i) => (mean[i % width] += value / rows));
  y.forEach((value, i) => {
    left[i % width] += (value - predicted[i]) ** 2;
    whole[i % width] += (value - mean[i % width]) ** 2;
  });
  return left.map((sum, k) => (whole[k] > 0 ? 1 - sum / whole[k] : 0));
}

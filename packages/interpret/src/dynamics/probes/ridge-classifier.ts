import type { NdArray } from '../nd-array';
import { controlTargets } from './control-task';
import { fitProbe, type ProbeOptions } from './fit-probe';

/** A linear map from features to classes, and how well it does. */
export interface RidgeClassifier {
  /** [features, classes], the class is that with the largest of intercepts + x·weights, for the features as they came. */
  readonly weights: NdArray<Float64Array>;
  /** [classes] */
  readonly intercepts: Float64Array;
  /** The λ that was chosen. */
  readonly lambda: number;
  /** The mean accuracy of each λ over the folds. */
  readonly scores: readonly { readonly lambda: number; readonly score: number }[];
  /** Fraction of the held-out rows whose class is right. */
  readonly accuracy: number;
  /** The same for saying the most frequent class of all rows of them. */
  readonly majority: number;
  /** Rows that the probe was not fitted to. */
  readonly heldOut: Int32Array;
  /** [held-out rows], their classes as predicted. */
  readonly predicted: Int32Array;
  /** With `types`: the accuracy on the control task. */
  readonly controlAccuracy?: number;
  /** With `types`: the accuracy less that on the control task (Hewitt & Liang 2019). */
  readonly selectivity?: number;
}

/**
 * Classes read from features, such as hidden states, by ridge regression on their indicators: in closed form, λ chosen by
 * cross-validation, groups held out whole.
 *
 * @param features [rows, features]
 * @param labels a class for each row, 0 to classes − 1
 */
export async function ridgeClassifier(
  features: NdArray,
  labels: ArrayLike<number>,
  options: ProbeOptions,
): Promise<RidgeClassifier> {
  const classes = Array.from(labels).reduce((most, label) => Math.max(most, checked(label)), 0) + 1;
  const judged = async (targets: NdArray) => {
    const accuracy = (y: Float64Array, predicted: Float64Array) =>
      accuracyOf(winners(y, classes), winners(predicted, classes));
    const fitted = await fitProbe(features, targets, accuracy, options);
    const [aims, predicted] = [winners(targets.values, classes), winners(fitted.predicted, classes)];
    const own = fitted.heldOut.map((row) => aims[row]);
    return { fitted, predicted, own, accuracy: accuracyOf(own, predicted) };
  };
  const indicators = Float64Array.from({ length: labels.length * classes }, (_, i) =>
    Number(labels[Math.floor(i / classes)] === i % classes),
  );
  const targets = { values: indicators, shape: [labels.length, classes] };
  const { fitted, predicted, own, accuracy } = await judged(targets);
  const usual = winners(sumOfRows(indicators, classes), classes)[0];
  const probe = {
    ...{ predicted, accuracy, lambda: fitted.lambda, scores: fitted.scores, heldOut: fitted.heldOut },
    weights: { values: fitted.weights, shape: [features.shape[1], classes] },
    intercepts: fitted.intercepts,
    majority: accuracyOf(
      own,
      own.map(() => usual),
    ),
  };
  if (!options.types) return probe;
  const control = await judged(controlTargets(targets, options.types, options.rng.fork('control')));
  return { ...probe, controlAccuracy: control.accuracy, selectivity: accuracy - control.accuracy };
}

function checked(label: number): number {
  if (!Number.isInteger(label) || label < 0)
    throw new RangeError(`ridgeClassifier: expected classes 0, 1, 2 … as labels, got ${label}`);
  return label;
}

/** The column of the largest number of each row. */
function winners(values: ArrayLike<number>, width: number): Int32Array {
  return Int32Array.from({ length: values.length / width }, (_, row) => {
    let best = 0;
    for (let k = 1; k < width; k++) if (values[row * width + k] > values[row * width + best]) best = k;
    return best;
  });
}

function sumOfRows(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  values.forEach((value, i) => (sums[i % width] += value));
  return sums;
}

const accuracyOf = (labels: Int32Array, predicted: Int32Array): number =>
  labels.reduce((right, label, i) => right + Number(label === predicted[i]), 0) / labels.length;

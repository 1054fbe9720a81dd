import type { BinaryLabels } from './labelled-scores';
import { thresholdCounts } from './threshold-counts';

/** Points of a precision–recall curve, from the lowest threshold to (1, 0). */
export interface PrecisionRecallCurve {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** Ascending; point i calls positive what scores at least `thresholds[i]`. The last point has none. */
  readonly thresholds: Float64Array;
}

/**
 * Area under the precision–recall curve as average precision, Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over falling thresholds: no straight
 * lines between points, which would be too kind. Equal to scikit-learn's `average_precision_score`.
 *
 * @throws RangeError if lengths differ, a label is neither 0 nor 1, a score is NaN, or a class is missing
 */
export function auprc(labels: BinaryLabels, scores: ArrayLike<number>): number {
  const { truePositives, falsePositives, positives } = thresholdCounts('auprc', labels, scores);
  let sum = 0;
  for (let i = 0, tp = 0; i < truePositives.length; i++) {
    sum += ((truePositives[i] - tp) * truePositives[i]) / (truePositives[i] + falsePositives[i]);
    tp = truePositives[i];
  }
  return sum / positives;
}

/**
 * The precision–recall curve, every distinct score a threshold, as scikit-learn's `precision_recall_curve`.
 *
 * @throws RangeError as `auprc`
 */
export function precisionRecallCurve(labels: BinaryLabels, scores: ArrayLike<number>): PrecisionRecallCurve {
  const counts = thresholdCounts('precisionRecallCurve', labels, scores);
  const { truePositives, falsePositives, positives } = counts;
  const precision = truePositives.map((tp, i) => tp / (tp + falsePositives[i]));
  const recall = truePositives.map((tp) => tp / positives);
  return {
    precision: Float64Array.from([...precision.reverse(), 1]),
    recall: Float64Array.from([...recall.reverse(), 0]),
    thresholds: counts.thresholds.slice().reverse(),
  };
}

import type { BinaryLabels } from './labelled-scores';
import { thresholdCounts } from './threshold-counts';

/** Points of a receiver operating characteristic, from (0, 0) to (1, 1). */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** Point i calls positive what scores at least `thresholds[i]`; the first is ∞, which nothing reaches. */
  readonly thresholds: Float64Array;
}

/**
 * Area under the ROC curve: the chance that a positive example scores higher than a negative one, ties counting one
 * half. Equal to scikit-learn's `roc_auc_score`.
 *
 * @throws RangeError if lengths differ, a label is neither 0 nor 1, a score is NaN, or a class is missing
 */
export function auroc(labels: BinaryLabels, scores: ArrayLike<number>): number {
  const { truePositives, falsePositives, positives, negatives } = thresholdCounts('auroc', labels, scores);
  let twiceArea = 0; // in pairs of examples: whole numbers, so that nothing is rounded before the division
  for (let i = 0, tp = 0, fp = 0; i < truePositives.length; i++) {
    twiceArea += (falsePositives[i] - fp) * (truePositives[i] + tp);
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return twiceArea / (2 * positives * negatives);
}

/**
 * The ROC curve, without the points inside even steps of a straight line, as scikit-learn's `roc_curve`.
 *
 * @throws RangeError as `auroc`
 */
export function rocCurve(labels: BinaryLabels, scores: ArrayLike<number>): RocCurve {
  const counts = thresholdCounts('rocCurve', labels, scores);
  const { truePositives: tp, falsePositives: fp } = counts;
  const bends = (values: Float64Array, i: number) => values[i + 1] - values[i] !== values[i] - values[i - 1];
  const kept = Array.from(tp.keys()).filter((i) => i === 0 || i === tp.length - 1 || bends(tp, i) || bends(fp, i));
  return {
    falsePositiveRate: Float64Array.from([0, ...kept.map((i) => fp[i] / counts.negatives)]),
    truePositiveRate: Float64Array.from([0, ...kept.map((i) => tp[i] / counts.positives)]),
    thresholds: Float64Array.from([Infinity, ...kept.map((i) => counts.thresholds[i])]),
  };
}

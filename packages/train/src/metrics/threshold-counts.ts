import { sortByClass } from './labelled-scores';
import type { BinaryLabels } from './labelled-scores';

/** What every threshold calls positive: entry i counts the examples with a score of at least `thresholds[i]`. */
export interface ThresholdCounts {
  /** The distinct scores, descending: equal scores pass together, so ties cannot be broken in anybody's favour. */
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Counts per distinct score, as scikit-learn's `_binary_clf_curve`. Infinite scores are ordinary extremes.
 *
 * @throws RangeError if lengths differ, a label is neither 0 nor 1, a score is NaN, or a class is missing
 */
export function thresholdCounts(metric: string, labels: BinaryLabels, scores: ArrayLike<number>): ThresholdCounts {
  const { positives, negatives } = sortByClass(metric, labels, scores);
  const thresholds = new Float64Array(scores.length);
  const truePositives = new Float64Array(scores.length);
  const falsePositives = new Float64Array(scores.length);
  let count = 0;
  for (let p = positives.length, n = negatives.length; p + n > 0; count++) {
    const threshold = Math.max(p ? positives[p - 1] : -Infinity, n ? negatives[n - 1] : -Infinity);
    while (p && positives[p - 1] === threshold) p--;
    while (n && negatives[n - 1] === threshold) n--;
    thresholds[count] = threshold;
    truePositives[count] = positives.length - p;
    falsePositives[count] = negatives.length - n;
  }
  return {
    thresholds: thresholds.subarray(0, count),
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
    positives: positives.length,
    negatives: negatives.length,
  };
}

import type { BinaryLabels } from './labelled-scores';
import { thresholdCounts } from './threshold-counts';

/** What a threshold achieves. */
export interface OperatingPoint {
  readonly precision: number;
  readonly recall: number;
  /** What scores at least this is called positive. */
  readonly threshold: number;
}

/**
 * The best precision of any threshold that finds at least a share `recall` of the positive examples; of thresholds with
 * the same precision, the one that finds the most.
 *
 * @throws RangeError if recall is not from 0 to 1, and as `auprc`
 */
export function precisionAtRecall(labels: BinaryLabels, scores: ArrayLike<number>, recall: number): OperatingPoint {
  if (!(recall >= 0 && recall <= 1))
    throw new RangeError(`precisionAtRecall: expected a recall from 0 to 1, got ${recall}`);
  const counts = thresholdCounts('precisionAtRecall', labels, scores);
  const precisionAt = (i: number) => counts.truePositives[i] / (counts.truePositives[i] + counts.falsePositives[i]);
  const recallAt = (i: number) => counts.truePositives[i] / counts.positives;
  let best = counts.thresholds.length - 1; // the lowest threshold finds all
  for (let i = best - 1; i >= 0 && recallAt(i) >= recall; i--) if (precisionAt(i) > precisionAt(best)) best = i;
  return { precision: precisionAt(best), recall: recallAt(best), threshold: counts.thresholds[best] };
}

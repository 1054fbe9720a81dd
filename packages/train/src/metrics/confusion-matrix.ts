import { checkAny, checkSameLength } from './labelled-scores';
import { type Classes, type ConfusionMatrix, StreamingCounts } from './streaming-counts';

/** How many classes there are. */
export interface ConfusionMatrixOptions {
  /** One more than the largest that occurs, and at least 2, unless said. */
  readonly classes?: number | undefined;
}

/**
 * Counts labels (rows) against predictions (columns), as scikit-learn's `confusion_matrix` with
 * `labels=range(classes)`.
 *
 * @throws RangeError if there is no label, lengths differ, or a class is no whole number from 0 to classes − 1
 */
export function confusionMatrix(
  labels: Classes,
  predicted: Classes,
  options: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  return countClasses('confusionMatrix', labels, predicted, options);
}

/** `confusionMatrix`, whose errors name the metric that needs it. */
export function countClasses(
  metric: string,
  labels: Classes,
  predicted: Classes,
  { classes }: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  checkSameLength(metric, labels, 'predictions', predicted);
  checkAny(metric, labels);
  const counts = new StreamingCounts(classes ?? Math.max(largest(labels), largest(predicted), 1) + 1, metric);
  counts.add(labels, predicted);
  return counts.value();
}

/** The largest class; one that is none is left to `StreamingCounts`, whose error names its place. */
function largest(classes: Classes): number {
  let most = 0;
  for (let i = 0; i < classes.length; i++) {
    const value = Number(classes[i]);
    if (Number.isInteger(value) && value > most) most = value;
  }
  return most;
}

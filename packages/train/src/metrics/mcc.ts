import { countClasses } from './confusion-matrix';
import { marginsOf } from './margins';
import type { Classes, ConfusionMatrix } from './streaming-counts';

/**
 * Matthews' correlation coefficient of two or more classes: the correlation of labels and predictions as indicator
 * vectors (Gorodkin 2004). 0 where all labels, or all predictions, are one class. Equal to scikit-learn's
 * `matthews_corrcoef`.
 *
 * @throws RangeError as `confusionMatrix`
 */
export function mcc(labels: Classes, predicted: Classes): number {
  return mccOf(countClasses('mcc', labels, predicted));
}

/** `mcc` of what a confusion matrix counted. */
export function mccOf(matrix: ConfusionMatrix): number {
  const { all, correct, labelled, predicted } = marginsOf(matrix);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, count, k) => sum + count * b[k], 0);
  const spread = Math.sqrt((all * all - dot(labelled, labelled)) * (all * all - dot(predicted, predicted)));
  return spread === 0 ? 0 : (correct * all - dot(labelled, predicted)) / spread;
}

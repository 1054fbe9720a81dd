import { countClasses } from './confusion-matrix';
import { marginsOf } from './margins';
import type { Classes, ConfusionMatrix } from './streaming-counts';

/** How the classes' scores become one. */
export interface F1Options {
  /**
   * `binary` (unless said): the score of class 1 of two. `macro`: the mean over the classes that are labelled or
   * predicted. `micro`: of all classes' counts together, which is the accuracy.
   */
  readonly average?: 'binary' | 'macro' | 'micro';
}

/**
 * F1 = 2·TP / (2·TP + FP + FN), the harmonic mean of precision and recall; 0 where nothing is labelled or predicted as
 * the class. Equal to scikit-learn's `f1_score`.
 *
 * @throws RangeError as `confusionMatrix`, and if `binary` meets a third class
 */
export function f1(labels: Classes, predicted: Classes, options: F1Options = {}): number {
  return scoreOf('f1', countClasses('f1', labels, predicted), options);
}

/** `f1` of what a confusion matrix counted. */
export function f1Of(matrix: ConfusionMatrix, options: F1Options = {}): number {
  return scoreOf('f1Of', matrix, options);
}

function scoreOf(metric: string, matrix: ConfusionMatrix, { average = 'binary' }: F1Options): number {
  const { classes, counts } = matrix;
  const { all, correct, labelled, predicted } = marginsOf(matrix);
  if (average === 'micro') return all === 0 ? 0 : correct / all;
  const found = labelled.map((count, k) => count + predicted[k]); // 2·TP + FP + FN
  const scores = found.map((count, k) => (count === 0 ? 0 : (2 * counts[k * classes + k]) / count));
  if (average === 'macro') return sum(scores) / Math.max(found.filter((count) => count > 0).length, 1);
  if (classes !== 2) throw new RangeError(`${metric}: expected two classes unless average is set, got ${classes}`);
  return scores[1];
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

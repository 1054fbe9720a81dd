import { type BinaryLabels, checkAny, checkBinary, checkProbabilities, checkSameLength } from './labelled-scores';

/**
 * Brier score: mean of (p − y)², 0 at best (Brier 1950, halved for two classes). Labels may all be of one class. Equal
 * to scikit-learn's `brier_score_loss`.
 *
 * @throws RangeError if there is no label, lengths differ, a label is neither 0 nor 1, or a probability is none
 */
export function brier(labels: BinaryLabels, probabilities: ArrayLike<number>): number {
  checkSameLength('brier', labels, 'probabilities', probabilities);
  checkAny('brier', labels);
  checkBinary('brier', labels);
  checkProbabilities('brier', probabilities);
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i] - Number(labels[i])) ** 2;
  return sum / labels.length;
}

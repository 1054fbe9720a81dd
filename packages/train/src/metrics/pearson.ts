import { checkAny, checkFinite, checkSameLength } from './labelled-scores';
import { type Moments, momentsOf } from './moments';

/**
 * Pearson's correlation of labels and predictions. NaN where either is constant (also for a single pair), as SciPy's
 * `pearsonr`.
 *
 * @throws RangeError if there is no label, lengths differ, or a number is not finite
 */
export function pearson(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkSameLength('pearson', labels, 'predictions', predicted);
  checkAny('pearson', labels);
  checkFinite('pearson', 'labels', labels);
  checkFinite('pearson', 'predictions', predicted);
  return pearsonOf(momentsOf(labels, predicted));
}

/** Held within [−1, 1], which rounding may leave. */
export function pearsonOf({ xx, yy, xy }: Moments): number {
  if (xx === 0 || yy === 0) return NaN;
  return Math.min(Math.max(xy / Math.sqrt(xx) / Math.sqrt(yy), -1), 1);
}

import { checkAny, checkFinite, checkSameLength } from './labelled-scores';
import { type Moments, momentsOf } from './moments';

/**
 * R² = 1 − Σ (y − p)² / Σ (y − ȳ)², the share of the labels' variance that predictions explain; below 0 where their
 * mean would do better. Of constant labels 1 if all predictions are right, else 0; NaN of a single pair. Equal to
 * scikit-learn's `r2_score`.
 *
 * @throws RangeError if there is no label, lengths differ, or a number is not finite
 */
export function r2(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkSameLength('r2', labels, 'predictions', predicted);
  checkAny('r2', labels);
  checkFinite('r2', 'labels', labels);
  checkFinite('r2', 'predictions', predicted);
  return r2Of(momentsOf(labels, predicted));
}

/** With the labels as x. */
export function r2Of({ count, xx, residual }: Moments): number {
  if (count < 2) return NaN;
  if (xx === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / xx;
}

import { checkFinite, checkSameLength } from './labelled-scores';
import { join, type Moments, momentsOf, noMoments } from './moments';
import { pearsonOf } from './pearson';
import { r2Of } from './r2';

/** What a stream of labels and predictions comes to. */
export interface RegressionScores {
  readonly count: number;
  /** NaN where labels or predictions are constant. */
  readonly pearson: number;
  /** NaN of fewer than two pairs. */
  readonly r2: number;
  /** NaN of none. It is the Brier score where labels are 0 or 1 and predictions probabilities. */
  readonly meanSquaredError: number;
}

/**
 * Pearson's correlation, R² and mean squared error of a stream, in memory that does not grow with it. Batches are
 * joined by their means and centred sums, so that long streams far from 0 lose no digits.
 */
export class StreamingMoments {
  #moments: Moments = noMoments;

  /** Adds a batch, or nothing of it. @throws RangeError if lengths differ or a number is not finite */
  add(labels: ArrayLike<number>, predicted: ArrayLike<number>): void {
    checkSameLength('StreamingMoments', labels, 'predictions', predicted);
    checkFinite('StreamingMoments', 'labels', labels);
    checkFinite('StreamingMoments', 'predictions', predicted);
    if (labels.length > 0) this.#moments = join(this.#moments, momentsOf(labels, predicted));
  }

  /** The scores up to now. */
  value(): RegressionScores {
    const { count, residual } = this.#moments;
    return { count, pearson: pearsonOf(this.#moments), r2: r2Of(this.#moments), meanSquaredError: residual / count };
  }
}

import { countBelow, distinct } from './ascending';
import { checkAny, checkSameLength } from './labelled-scores';
import { momentsOf } from './moments';
import { pearsonOf } from './pearson';

/**
 * Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of theirs. NaN where either is
 * constant, as SciPy's `spearmanr`. Infinities are ordinary extremes.
 *
 * @throws RangeError if there is no label, lengths differ, or a number is NaN
 */
export function spearman(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkSameLength('spearman', labels, 'predictions', predicted);
  checkAny('spearman', labels);
  return pearsonOf(momentsOf(ranks('labels', labels), ranks('predictions', predicted)));
}

/** From 1 up; ties have the mean of the ranks that they take. */
function ranks(what: string, values: ArrayLike<number>): Float64Array {
  for (let i = 0; i < values.length; i++)
    if (Number.isNaN(values[i])) throw new RangeError(`spearman: expected ${what} without NaN, got NaN at ${i}`);
  const found = distinct(values);
  let before = 0;
  const rankOf = found.counts.map((count) => (before += count) - (count - 1) / 2);
  return Float64Array.from(values, (value) => rankOf[countBelow(found.values, value)]);
}

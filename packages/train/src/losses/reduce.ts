import { div, equal, greater, mean, mul, sum, type Tensor, where } from '@hairpin/tensors';
import { weightsOf } from './weights';

/** How the losses of a batch become one number, or not. */
export interface LossOptions {
  /**
   * How much each example counts, in the shape of the losses or of their leading axes; 0 for the rows that fill up a
   * last batch. Where the weight is 0 neither value nor gradient depends on the example, even if its numbers are not
   * finite.
   */
  readonly weights?: Tensor | undefined;
  /** `mean` (by weight; 0 where nothing counts) unless said; `none` gives the weighted loss of each example. */
  readonly reduce?: 'mean' | 'sum' | 'none' | undefined;
}

/**
 * Σ w·l / Σ w·s, Σ w·l, or w·l. A batch in which nothing counts has the mean 0, where PyTorch says NaN: it teaches
 * nothing, and a NaN would end the training.
 * @param share s, what a loss counts in the mean before it is weighted: 1 unless given
 */
export function reduceLosses(call: string, losses: Tensor, options: LossOptions, share?: Tensor): Tensor {
  const { weights, reduce = 'mean' } = options;
  const each = weights && weightsOf(call, weights, losses.shape);
  const weighted = each ? where(greater(each, 0), mul(losses, each), 0) : losses;
  if (reduce === 'none') return weighted;
  if (reduce === 'sum') return sum(weighted);
  const shares = each && share ? mul(each, share) : (each ?? share);
  return shares ? quotient(sum(weighted), sum(shares)) : mean(weighted);
}

const quotient = (total: Tensor, count: Tensor): Tensor => div(total, where(equal(count, 0), 1, count));

import { div, greater, mean, mul, shapeError, sum, type Tensor, where } from '@hairpin/tensors';

/** How the losses of a batch become one number, or not. */
export interface LossOptions {
  /** How much each example counts, in the shape of the losses; 0 for the rows that fill up a last batch. */
  readonly weights?: Tensor;
  /** `mean` (by weight) unless said; `none` gives the loss of each example. */
  readonly reduce?: 'mean' | 'sum' | 'none';
}

/** Σ w·l / Σ w, Σ w·l, or w·l. An example of weight 0 does not count even if its loss is not finite. */
export function reduceLosses(losses: Tensor, { weights, reduce = 'mean' }: LossOptions): Tensor {
  if (!weights) return reduce === 'none' ? losses : reduce === 'sum' ? sum(losses) : mean(losses);
  if (weights.shape.join() !== losses.shape.join())
    throw shapeError('loss', `weights of shape [${losses.shape.join(', ')}]`, weights.shape);
  const weighted = where(greater(weights, 0), mul(losses, weights), 0);
  if (reduce === 'none') return weighted;
  return reduce === 'sum' ? sum(weighted) : div(sum(weighted), sum(weights));
}

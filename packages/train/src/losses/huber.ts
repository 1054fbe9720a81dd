import { abs, minimum, mul, sub, type Tensor } from '@hairpin/tensors';
import { elementwise } from './elementwise';
import type { LossOptions } from './reduce';

/** Where large errors begin. */
export interface HuberOptions extends LossOptions {
  /** δ > 0, in the unit of the labels: 1 unless said. */
  readonly delta?: number;
}

/**
 * ½·d² for errors d up to δ, then the straight line δ·(|d| − ½·δ), so that outliers pull with a bounded force (Huber
 * 1964). PyTorch's `huber_loss`.
 * @param predictions any shape
 * @param labels of the same shape
 * @throws ShapeError where predictions, labels and weights do not fit each other; RangeError unless delta is positive
 */
export function huber(predictions: Tensor, labels: Tensor, options: HuberOptions = {}): Tensor {
  const { delta = 1 } = options;
  if (!(delta > 0)) throw new RangeError(`huber: expected a positive delta, got ${delta}`);
  return elementwise('huber', predictions, labels, options, (p, y) => {
    const distance = abs(sub(p, y));
    const near = minimum(distance, delta);
    return mul(near, sub(distance, mul(near, 0.5))); // both branches in one, and no square of a large error
  });
}

import { square, sub, type Tensor } from '@hairpin/tensors';
import { elementwise } from './elementwise';
import type { LossOptions } from './reduce';

/**
 * (p − y)². PyTorch's `mse_loss`.
 * @param predictions p, any shape
 * @param labels y of the same shape
 * @throws ShapeError where predictions, labels and weights do not fit each other
 */
export function meanSquaredError(predictions: Tensor, labels: Tensor, options: LossOptions = {}): Tensor {
  return elementwise('meanSquaredError', predictions, labels, options, (p, y) => square(sub(p, y)));
}

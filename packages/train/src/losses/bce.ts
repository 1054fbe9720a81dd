import { abs, add, exp, log1p, maximum, mul, neg, shapeError, sub, type Tensor } from '@hairpin/tensors';
import { type LossOptions, reduceLosses } from './reduce';

/**
 * Binary cross-entropy −y·log σ(z) − (1 − y)·log(1 − σ(z)), from logits: max(z, 0) − z·y + log(1 + e^−|z|), which neither
 * overflows nor loses a small loss.
 * @param logits z, any shape
 * @param labels y of the same shape, 0 or 1 or between
 */
export function binaryCrossEntropy(logits: Tensor, labels: Tensor, options: LossOptions = {}): Tensor {
  if (logits.shape.join() !== labels.shape.join())
    throw shapeError('binaryCrossEntropy', 'logits and labels of one shape', logits.shape, labels.shape);
  const linear = sub(maximum(logits, 0), mul(logits, labels));
  return reduceLosses(add(linear, log1p(exp(neg(abs(logits))))), options);
}

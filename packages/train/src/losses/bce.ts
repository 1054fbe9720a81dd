import { abs, add, exp, log1p, maximum, mul, neg, shapeError, softplus, sub, type Tensor } from '@hairpin/tensors';
import { assertSameShape, elementwise } from './elementwise';
import type { LossOptions } from './reduce';

/** How rare positive labels are made to count. */
export interface BinaryCrossEntropyOptions extends LossOptions {
  /**
   * p: what a positive label counts, 1 unless said. A tensor broadcasts to the logits, e.g. one number for each task
   * `[tasks]`.
   */
  readonly posWeight?: number | Tensor;
}

/**
 * Binary cross-entropy −p·y·log σ(z) − (1 − y)·log(1 − σ(z)), from logits, in a form that neither overflows nor loses a
 * small loss. PyTorch's `binary_cross_entropy_with_logits`, but for the mean, which is by weight.
 * @param logits z, any shape
 * @param labels y of the same shape, 0 or 1 or between
 * @throws ShapeError where logits, labels, weights and posWeight do not fit each other
 */
export function binaryCrossEntropy(logits: Tensor, labels: Tensor, options: BinaryCrossEntropyOptions = {}): Tensor {
  assertSameShape('binaryCrossEntropy', logits, labels, 'logits');
  const { posWeight } = options;
  const lossOf = posWeight === undefined ? plain : (z: Tensor, y: Tensor) => withPosWeight(z, y, posWeight);
  return elementwise('binaryCrossEntropy', logits, labels, options, lossOf);
}

/** max(z, 0) − z·y + log(1 + e^−|z|): one logarithm for both classes. */
const plain = (z: Tensor, y: Tensor): Tensor => add(sub(maximum(z, 0), mul(z, y)), log1p(exp(neg(abs(z)))));

/** p·y·softplus(−z) + (1 − y)·softplus(z). */
function withPosWeight(z: Tensor, y: Tensor, posWeight: number | Tensor): Tensor {
  const share = mul(y, posWeight);
  if (typeof posWeight !== 'number' && share.shape.join() !== y.shape.join())
    throw shapeError('binaryCrossEntropy', `posWeight that broadcasts to [${y.shape.join(', ')}]`, posWeight.shape);
  return add(mul(share, softplus(neg(z))), mul(sub(1, y), softplus(z)));
}

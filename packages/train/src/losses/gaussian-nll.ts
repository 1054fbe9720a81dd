import { add, exp, mul, shapeError, square, sub, type Tensor } from '@hairpin/tensors';
import { elementwise } from './elementwise';
import type { LossOptions } from './reduce';
import { clear, weightsOf } from './weights';

/** Whether the loss is the whole likelihood. */
export interface GaussianNllOptions extends LossOptions {
  /** Adds ½·log 2π, a constant. */
  readonly full?: boolean;
}

/**
 * Negative log-likelihood ½·(s + (y − m)²·e^−s) of labels under normal distributions whose spread is predicted too
 * (Kendall & Gal 2017, eq. 8). It takes the log-variance s, not PyTorch's variance: any number is a valid one, and
 * nothing is divided.
 * @param means m, any shape
 * @param labels y of the same shape
 * @param logVariances s of the same shape
 * @throws ShapeError where the four do not fit each other
 */
export function gaussianNll(
  means: Tensor,
  labels: Tensor,
  logVariances: Tensor,
  options: GaussianNllOptions = {},
): Tensor {
  if (logVariances.shape.join() !== labels.shape.join())
    throw shapeError('gaussianNll', 'log-variances and labels of one shape', logVariances.shape, labels.shape);
  const s = clear(logVariances, options.weights && weightsOf('gaussianNll', options.weights, labels.shape));
  return elementwise('gaussianNll', means, labels, options, (m, y) => {
    const deviations = mul(sub(y, m), exp(mul(s, -0.5))); // squared last: e^−s alone overflows twice as early
    const loss = mul(add(s, square(deviations)), 0.5);
    return options.full ? add(loss, 0.5 * Math.log(2 * Math.PI)) : loss;
  });
}

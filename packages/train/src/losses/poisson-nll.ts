import { add, exp, greater, log, mul, sub, type Tensor, where } from '@hairpin/tensors';
import { elementwise } from './elementwise';
import type { LossOptions } from './reduce';

/** Whether the loss is the whole likelihood. */
export interface PoissonNllOptions extends LossOptions {
  /**
   * Adds log y! by Stirling's formula where y > 1: it has no gradient, but makes losses of different data comparable.
   */
  readonly full?: boolean;
}

/**
 * Negative log-likelihood e^z − y·z of counts under a Poisson distribution of rate e^z. PyTorch's `poisson_nll_loss`
 * with `log_input`. In f32 the rate overflows above z ≈ 88.
 * @param logRates z, any shape
 * @param labels y of the same shape, counts
 * @throws ShapeError where rates, labels and weights do not fit each other
 */
export function poissonNll(logRates: Tensor, labels: Tensor, options: PoissonNllOptions = {}): Tensor {
  return elementwise('poissonNll', logRates, labels, options, (z, y) => {
    const loss = sub(exp(z), mul(y, z));
    return options.full ? add(loss, logFactorial(y)) : loss;
  });
}

/** y·log y − y + ½·log 2πy above 1, else 0, as PyTorch has it. */
function logFactorial(y: Tensor): Tensor {
  const isLarge = greater(y, 1);
  const safe = where(isLarge, y, 1); // else the logarithm of 0 would leave a NaN in the gradient
  const stirling = add(mul(log(safe), add(safe, 0.5)), sub(0.5 * Math.log(2 * Math.PI), safe));
  return where(isLarge, stirling, 0);
}

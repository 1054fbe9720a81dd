import { exp, less, log, mul, softplus, sub, type Tensor, where } from '@hairpin/tensors';

/** Below it softplus(z) = e^z − ½·e^2z to 14 digits. */
const linearBelow = -15;

/**
 * log log(1 + e^z): what the logarithm of a positive rate is when the rate is softplus(z). Below −15 it is z − ½·e^z,
 * which stays exact where softplus itself would underflow.
 * @param z any shape
 */
export function logSoftplus(z: Tensor): Tensor {
  const isLow = less(z, linearBelow);
  const low = where(isLow, z, linearBelow);
  const high = where(isLow, linearBelow, z);
  return where(isLow, sub(low, mul(exp(low), 0.5)), log(softplus(high)));
}

/**
 * log t½ = log log 2 − logSoftplus(z): the logarithm of the half-life of a decay whose rate is softplus(z). To be
 * compared with measured log half-lives by `meanSquaredError` or `huber`; the quotient log 2 / softplus(z) overflows in
 * f32.
 * @param z any shape
 */
export function logHalfLife(z: Tensor): Tensor {
  return sub(Math.log(Math.LN2), logSoftplus(z));
}

import { add, exp, type Tensor, div, mul, square, sub, sum, where } from '@hairpin/tensors';

/** KL(N(mean, e^logVar) ‖ N(0, 1)) = ½·Σ(mean² + e^logVar − 1 − logVar), in nats.   [batch, dim] → [batch] */
export const gaussianKL = (mean: Tensor, logVar: Tensor): Tensor =>
  mul(sum(sub(add(square(mean), exp(logVar)), add(logVar, 1)), 1), 0.5);

/**
 * Σ log N(x; y, std²) over what was seen, in nats.   x, y: [batch, length, channels] → [batch]
 * Where `seen` (bools like x) is false, x may be anything.
 */
export function gaussianLogLikelihood(
  x: Tensor,
  y: Tensor,
  { std, seen }: { std: number; seen?: Tensor | undefined },
): Tensor {
  const from = seen ? where(seen, x, y) : x;
  const each = sub(mul(square(div(sub(from, y), std)), -0.5), Math.log(std) + Math.log(2 * Math.PI) / 2);
  return sum(seen ? where(seen, each, 0) : each, [1, 2]);
}

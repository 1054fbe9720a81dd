import { abs, div, greater, maximum, mul, type Rule, sub, type Tensor, where } from '@hairpin/tensors';

/** Ops of one number that are not linear. What is constant between jumps has no derivative, but it has differences. */
export const unaryOps = [
  ...['abs', 'sign', 'floor', 'ceil', 'round', 'square', 'reciprocal', 'sqrt', 'rsqrt'],
  ...['exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tanh', 'sigmoid', 'relu', 'softplus'],
];

/** True where x and x0 differ by more than `epsilon` times the larger of them. */
export const differs = (x: Tensor, x0: Tensor, epsilon: number): Tensor =>
  greater(abs(sub(x, x0)), mul(maximum(abs(x), abs(x0)), epsilon));

/** Δy / (x − x0), or `otherwise` where x and x0 do not differ. */
export function quotient(dy: Tensor, x: Tensor, x0: Tensor, otherwise: Tensor, epsilon: number): Tensor {
  const isMoved = differs(x, x0, epsilon);
  return where(isMoved, div(dy, where(isMoved, sub(x, x0), 1)), otherwise);
}

/** The Rescale rule for ops of one number: Δy / Δx stands in place of the derivative (Shrikumar et al. 2017, section 3.5.2). */
export function rescale(epsilon: number): Rule {
  return (dy, { inputs: [x], output, baseline, usual }) => {
    const change = mul(dy, sub(output, baseline!.output));
    return [quotient(change, x, baseline!.inputs[0], usual(dy)[0] ?? mul(dy, 0), epsilon)];
  };
}

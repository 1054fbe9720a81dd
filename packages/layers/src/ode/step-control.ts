import {
  abs,
  add,
  div,
  less,
  lessEqual,
  logicalOr,
  maximum,
  mean,
  minimum,
  mul,
  pow,
  sqrt,
  square,
  sub,
  type Tensor,
  where,
} from '@hairpin/tensors';
import type { Field } from './dynamics';

/** How exact a step has to be. */
export interface Tolerance {
  /** Relative to the larger of the states before and after the step. */
  readonly rtol: number;
  readonly atol: number;
}

/** Root mean square of each trajectory, [batch, 1]. */
export const rms = (y: Tensor): Tensor => sqrt(mean(square(y), 1, { keepDims: true }));

/** The size of an error in units of what is allowed: 1 or less passes (Hairer, Nørsett & Wanner 1993, II.4, eq. 4.11). */
export function errorRatio(error: Tensor, before: Tensor, after: Tensor, { rtol, atol }: Tolerance): Tensor {
  const size = maximum(abs(before), abs(after));
  return rms(div(error, add(mul(size, rtol), atol)));
}

/** By how much the next step is longer: 0.9·ratio^(−1/5) between 1/5, or 1 after a step that passed, and 10. */
export function stepFactor(ratio: Tensor): Tensor {
  const wanted = mul(pow(maximum(ratio, 1e-12), -1 / 5), 0.9); // 1e-12: far beyond what the factor of 10 allows
  return minimum(where(less(ratio, 1), maximum(wanted, 1), maximum(wanted, 0.2)), 10);
}

/** Where a trajectory starts and where it is to end.   t, end, direction: [batch, 1]; y, slope: [batch, dim] */
export interface Begin {
  readonly t: Tensor;
  readonly y: Tensor;
  readonly slope: Tensor;
  readonly end: Tensor;
  /** 1 where time runs forward, −1 where it runs back. */
  readonly direction: Tensor;
}

/** The size of a first step for a method of order 5 (Hairer, Nørsett & Wanner 1993, II.4, p. 169), [batch, 1]. */
export function firstStep(f: Field, { t, y, slope, end, direction }: Begin, tolerance: Tolerance): Tensor {
  const scaled = (x: Tensor) => rms(div(x, add(mul(abs(y), tolerance.rtol), tolerance.atol)));
  const [d0, d1] = [scaled(y), scaled(slope)];
  const isSmall = logicalOr(less(d0, 1e-5), less(d1, 1e-5));
  const guess = where(isSmall, 1e-6, mul(div(d0, where(isSmall, 1, d1)), 0.01));
  const h0 = minimum(guess, abs(sub(end, t))); // f is not asked for what lies beyond the end
  const step = mul(h0, direction);
  const bend = sub(f(add(t, step), add(y, mul(slope, step))), slope);
  const d2 = div(scaled(bend), maximum(h0, 1e-30)); // 1e-30: a trajectory that ends where it starts
  const most = maximum(d1, d2);
  const isFlat = lessEqual(most, 1e-15);
  const h1 = where(isFlat, maximum(mul(h0, 1e-3), 1e-6), pow(div(0.01, where(isFlat, 1, most)), 1 / 5));
  return minimum(mul(h0, 100), h1);
}

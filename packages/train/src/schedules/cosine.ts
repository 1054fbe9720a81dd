import { add, cos, greaterEqual, mul, type Tensor, where } from '@hairpin/tensors';
import { demand } from '../demand';
import { checkCount, checkRate, type Schedule } from './schedule';

/** Where the rate ends, and when. */
export interface CosineOptions {
  /** Steps on the way: PyTorch's `T_max`. */
  readonly steps: number;
  /** The rate at the end and from then on, 0 unless said: PyTorch's `eta_min`. */
  readonly floor?: number;
}

/**
 * floor + ½ (rate − floor) (1 + cos(π t / steps)) after t steps (Loshchilov & Hutter 2017, eq. 5, without restarts):
 * PyTorch's `CosineAnnealingLR`, save that the rate stays at the floor afterwards, where PyTorch's would climb again.
 * @throws RangeError for a rate, count or floor out of range
 */
export function cosine(rate: number, { steps, floor = 0 }: CosineOptions): Schedule {
  checkRate('cosine', rate);
  checkCount('cosine', 'steps', steps);
  demand(floor >= 0 && floor <= rate, 'cosine', `a floor from 0 to the rate (${rate})`, floor);
  const onTheWay = (t: Tensor) => add(mul(add(cos(mul(t, Math.PI / steps)), 1), (rate - floor) / 2), floor);
  return { at: (t) => where(greaterEqual(t, steps), floor, onTheWay(t)) };
}

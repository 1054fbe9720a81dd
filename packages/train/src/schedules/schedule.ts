import { full, type Tensor } from '@hairpin/tensors';
import { demand } from '../demand';

/**
 * A learning rate that depends on how far the training is. It is computed on the device, inside the compiled step, so
 * nothing is compiled again when it changes. Any record with this method is one.
 */
export interface Schedule {
  /** The rate of the next step after `step` steps, counted from 0. @param step scalar, float; the result has its dtype */
  at(step: Tensor): Tensor;
}

/** The rate of a number or schedule after `step` steps. */
export const rateAt = (rate: number | Schedule, step: Tensor): Tensor =>
  typeof rate === 'number' ? full(step.shape, rate, step) : rate.at(step);

/** @throws RangeError for a rate that is negative or not finite */
export function checkRate(where: string, rate: number | Schedule): void {
  if (typeof rate === 'number') demand(rate >= 0 && rate < Infinity, where, 'a finite learning rate ≥ 0', rate);
}

/** @throws RangeError for a count of steps that is not whole or below `least` */
export const checkCount = (where: string, name: string, count: number, least = 1): void =>
  demand(Number.isInteger(count) && count >= least, where, `a whole number ≥ ${least} as ${name}`, count);

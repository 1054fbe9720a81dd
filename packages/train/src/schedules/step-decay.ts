import { add, div, floor, mul, pow } from '@hairpin/tensors';
import { demand } from '../demand';
import { checkCount, checkRate, type Schedule } from './schedule';

/** How far the rate falls at a time, and how often. */
export interface StepDecayOptions {
  /** Steps between two falls: PyTorch's `step_size`. */
  readonly every: number;
  /** What the rate is multiplied by, in (0, 1]; 0.1 unless said: PyTorch's `gamma`. */
  readonly factor?: number;
}

/**
 * rate · factor^⌊t / every⌋ after t steps: PyTorch's `StepLR`.
 * @throws RangeError for a rate, count or factor out of range
 */
export function stepDecay(rate: number, { every, factor = 0.1 }: StepDecayOptions): Schedule {
  checkRate('stepDecay', rate);
  checkCount('stepDecay', 'every', every);
  demand(factor > 0 && factor <= 1, 'stepDecay', 'a factor in (0, 1]', factor);
  return { at: (step) => mul(pow(factor, floor(div(add(step, 0.5), every))), rate) };
  // t + ½, because a GPU may divide with an error of some ulp: 6 / 3 just below 2 would delay the fall by a step.
}

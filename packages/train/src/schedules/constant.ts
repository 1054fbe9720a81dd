import { checkRate, rateAt, type Schedule } from './schedule';

/**
 * The same rate at every step. The plain number does the same; this is its form as a schedule.
 * @throws RangeError for a rate that is negative or not finite
 */
export function constant(rate: number): Schedule {
  checkRate('constant', rate);
  return { at: (step) => rateAt(rate, step) };
}

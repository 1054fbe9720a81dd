import { add, minimum, mul } from '@hairpin/tensors';
import { demand } from '../demand';
import { checkCount, checkRate, rateAt, type Schedule } from './schedule';

/** Where a warm-up begins. */
export interface WarmUpOptions {
  /** Share of the rate at the first step, in [0, 1]; a third unless said: PyTorch's `start_factor`. */
  readonly startFactor?: number;
}

/** A schedule that starts gently. */
export interface WarmUp extends Schedule {
  /** What is warmed up to; a field, so that its state is found and saved. */
  readonly schedule: number | Schedule;
}

/**
 * The rate times startFactor + (1 − startFactor) · min(t / steps, 1): PyTorch's `LinearLR`, chained with the schedule.
 * Both count from the start of training: a cosine over 1 000 steps ends after 1 000 steps, warm-up included.
 * @throws RangeError for a rate, count or share out of range
 */
export function warmUp(
  schedule: number | Schedule,
  steps: number,
  { startFactor = 1 / 3 }: WarmUpOptions = {},
): WarmUp {
  checkRate('warmUp', schedule);
  checkCount('warmUp', 'steps', steps);
  demand(startFactor >= 0 && startFactor <= 1, 'warmUp', 'a startFactor in [0, 1]', startFactor);
  return {
    schedule,
    at: (t) => mul(rateAt(schedule, t), add(mul(minimum(t, steps), (1 - startFactor) / steps), startFactor)),
  };
}

import type { ExperimentResult } from '@hairpin/experiments';

/** A run that ended with an error in place of a result. */
export interface FailedRun extends Pick<ExperimentResult, 'experiment' | 'size' | 'seed' | 'run'> {
  /** What went wrong, in a line. */
  readonly error: string;
}

/** What a run came to: plain JSON. */
export type Outcome = ExperimentResult | FailedRun;

/** Whether a run ended with an error. */
export const isFailed = (outcome: Outcome): outcome is FailedRun => 'error' in outcome;

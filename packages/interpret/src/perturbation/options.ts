import type { Context } from '@hairpin/tensors';
import type { LongRun } from '../long-run';

/** What every perturbation takes beside its own options. */
export interface PerturbationOptions extends LongRun {
  /**
   * Lengths and further inputs of the sequences, `[batch, …]`. Nothing is changed beyond a sequence's length; mutants get
   * the inputs of the sequence that they come from.
   */
  readonly context?: Pick<Context, 'lengths' | 'given'>;
  /** Mutants in one run of the model: 256 unless said. */
  readonly batchSize?: number;
}

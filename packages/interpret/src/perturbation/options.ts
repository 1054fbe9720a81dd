import type { Context } from '@hairpin/tensors';

/** What every perturbation takes beside its own options. */
export interface PerturbationOptions {
  /**
   * Lengths and further inputs of the sequences, `[batch, …]`. Nothing is changed beyond a sequence's length; mutants get
   * the inputs of the sequence that they come from.
   */
  readonly context?: Pick<Context, 'lengths' | 'given'>;
  /** Mutants in one run of the model: 256 unless said. */
  readonly batchSize?: number;
  /** Ends the work between two batches with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each batch how many mutants are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

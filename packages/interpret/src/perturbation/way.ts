import type { Context, Tensor } from '@hairpin/tensors';
import type { EditBatch } from './edited';

/** Mutants that are computed together. */
export interface Batch {
  readonly edits: EditBatch;
  /** Their numbers; what follows them in `edits` fills the batch. */
  readonly numbers: readonly number[];
}

/** Some unmutated sequences: letters [rows, length, letters], and their context. */
export interface Sequences {
  readonly x: Tensor;
  readonly context: Context;
}

/** A way to compute what a model says of mutants. */
export interface Way {
  /** Mutants of one group share batches, and a plan. */
  readonly groups: number;
  groupOf(mutant: number): number;
  /** Looks at the sequences whose mutants come next. */
  begin(sequences: Sequences): Promise<void>;
  /** What the model says of mutants of one group, [size, …outputs]. */
  run(group: number, batch: Batch): Promise<Tensor>;
  dispose(): void;
}

import type { Rng } from '@hairpin/tensors/random';
import type { BatchSource } from './batch-source';

/** How examples are drawn. */
export interface DrawnBatchesOptions<B> {
  /** Batches of an epoch, at least 1. */
  readonly batches: number;
  readonly batchSize: number;
  /** Makes a batch; another generator for each, the same whenever the batch is asked for. */
  readonly draw: (rng: Rng, rows: number) => B;
  readonly rng: Rng;
}

/**
 * Batches of examples that are simulated as they are needed: none is ever seen twice. What batch i of epoch n holds depends on the
 * generator, n and i alone.
 * @throws RangeError for a size that is not a whole number of at least 1
 */
export function drawnBatches<B>({ batches, batchSize, draw, rng }: DrawnBatchesOptions<B>): BatchSource<B> {
  for (const [name, value] of Object.entries({ batches, batchSize }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`drawnBatches: expected ${name} of at least 1, got ${value}`);
  return {
    batches,
    *epoch(n, from = 0) {
      const own = rng.fork(n);
      for (let i = from; i < batches; i++) yield { rows: { count: batchSize }, batch: draw(own.fork(i), batchSize) };
    },
  };
}

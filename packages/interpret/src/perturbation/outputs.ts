import type { Tensor } from '@hairpin/tensors';
import { Continued } from './continued';
import { editBatch } from './edited';
import type { Perturbable } from './model';
import type { Mutants } from './mutants';
import type { PerturbationOptions } from './options';
import { checkOutput, type MutantOutputs, Results } from './results';
import { disposeAll, sliceRows } from '../rows';
import type { Way } from './way';
import { Whole } from './whole';
import { Windowed } from './windowed';

/** Mutants in a batch, unless said. */
const BATCH = 256;

/** Batches for which the unmutated sequences are looked at together. */
const BATCHES_AT_ONCE = 8;

/** Rows of x whose mutants come one after the other, and those of their mutants that may share batches. */
interface Chunk {
  readonly firstRow: number;
  readonly groups: readonly (readonly number[])[];
}

/**
 * What the model says of mutants of x, in batches of one size, the last ones filled up: one plan serves all of a group.
 * x: [batch, length, letters]
 */
export async function outputsOf<S>(
  model: Perturbable<S>,
  x: Tensor,
  mutants: Mutants,
  options: PerturbationOptions = {},
): Promise<MutantOutputs> {
  if (mutants.count === 0) return { values: new Float64Array(0), shape: [] };
  const way = wayOf(model, x, mutants, options);
  const rows = rowsAtOnce(x.shape[0], mutants.count, way, options);
  const chunks = chunksOf(x.shape[0], rows, mutants, way);
  const size = evenSize(chunks, options);
  const results = new Results(mutants.count, options);
  try {
    for (const { firstRow, groups } of chunks) {
      const sequences = sliceRows({ x, context: options.context ?? {} }, firstRow, firstRow + rows);
      await way.begin(sequences);
      for (const [group, numbers] of groups.entries())
        for (const part of inParts(numbers, size)) {
          options.signal?.throwIfAborted();
          const edits = editBatch(mutants, part, { size, firstRow, like: x });
          await results.add(part, checkOutput(await way.run(group, { edits, numbers: part }), size));
        }
      if (rows < x.shape[0]) disposeAll(sequences); // slices: not the tensors that were given
    }
    return await results.finished();
  } finally {
    await results.settled();
    way.dispose();
  }
}

function wayOf<S>(model: Perturbable<S>, x: Tensor, mutants: Mutants, { batchSize = BATCH }: PerturbationOptions): Way {
  if (typeof model === 'function') return new Whole(model);
  return 'features' in model ? new Windowed(model, mutants) : new Continued(model, mutants, x.shape[1], batchSize);
}

/** As many rows as give each group some batches. What is kept of them grows with the rows, what fills batches shrinks. */
function rowsAtOnce(rows: number, count: number, way: Way, { batchSize = BATCH }: PerturbationOptions): number {
  const wanted = Math.ceil((BATCHES_AT_ONCE * way.groups * batchSize * rows) / Math.max(count, 1));
  return Math.ceil(rows / Math.ceil(rows / Math.min(wanted, batchSize)));
}

function chunksOf(rows: number, atOnce: number, mutants: Mutants, way: Way): Chunk[] {
  const chunks = Array.from({ length: Math.ceil(rows / atOnce) }, (_, i) => ({
    firstRow: Math.min(i * atOnce, rows - atOnce), // the last one overlaps the one before: all have one shape
    groups: Array.from({ length: way.groups }, (): number[] => []),
  }));
  for (let m = 0; m < mutants.count; m++) chunks[Math.floor(mutants.rowOf(m) / atOnce)].groups[way.groupOf(m)].push(m);
  return chunks;
}

/** The batch size at which the largest group needs no more batches than at `batchSize`, with the least to fill up. */
function evenSize(chunks: readonly Chunk[], { batchSize = BATCH }: PerturbationOptions): number {
  const largest = chunks.reduce((most, { groups }) => Math.max(most, ...groups.map((group) => group.length)), 1);
  return Math.ceil(largest / Math.ceil(largest / batchSize));
}

function* inParts(numbers: readonly number[], size: number): Iterable<readonly number[]> {
  for (let i = 0; i < numbers.length; i += size) yield numbers.slice(i, i + size);
}

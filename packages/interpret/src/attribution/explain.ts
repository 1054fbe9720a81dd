import { compile, type Model, type Tensor, type TypedArray } from '@hairpin/tensors';
import type { Attribution, AttributionOptions } from './attribution';
import { finish } from './completeness';
import type { Method, Point } from './method';
import { type Examples, readExamples, referencesOf, rngOf } from './references';
import { toldIn } from './rows';
import { type Row, runRows, slopesOf } from './slopes';
import { scored } from './target';
import { Totals } from './totals';

const DEFAULT_ROWS = 64;

/** Runs a method over all examples, a fixed number of rows at a time. */
export async function explain(
  method: Method,
  model: Model,
  x: Tensor,
  options: AttributionOptions,
): Promise<Attribution> {
  const { batchSize = DEFAULT_ROWS, context, signal, onProgress, seed = 0, tolerance = method.tolerance } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new RangeError(`${method.name}: expected a batchSize that is a whole number ≥ 1, got ${batchSize}`);
  const examples = await readExamples(x, context?.lengths);
  const told = toldIn(context);
  const slopes = compile(slopesOf(method, scored(model, options.target), options));
  const totals = new Totals(method.times, examples);
  try {
    let waiting: Row[] = [];
    const flush = async (rows: readonly Row[]) => {
      signal?.throwIfAborted();
      const filled = Math.min(batchSize, 2 ** Math.ceil(Math.log2(rows.length))); // few shapes, and few rows for few examples
      totals.add(rows, await runRows(slopes, rows, filled, x, examples, told));
    };
    for (let i = 0; i < examples.count; i++) {
      const rng = rngOf(examples, i, seed);
      const references = await referencesOf(method.references, examples, i, rng);
      const points = method.points(references.length / examples.size, rng.fork('points'));
      waiting.push(...points.map((point) => rowOf(point, i, references, examples)));
      for (; waiting.length >= batchSize; waiting = waiting.slice(batchSize)) await flush(waiting.slice(0, batchSize));
      onProgress?.(waiting[0]?.example ?? i + 1, examples.count);
    }
    if (waiting.length > 0) await flush(waiting);
    onProgress?.(examples.count, examples.count);
  } finally {
    slopes.dispose();
  }
  return finish(method, totals, x, tolerance);
}

const rowOf = (point: Point, example: number, references: TypedArray, { size }: Examples): Row => {
  const start = point.reference * size;
  return { ...point, example, values: references.subarray(start, start + size) };
};

import {
  broadcastTo,
  compile,
  type Context,
  type Model,
  reshape,
  shapeError,
  type Tensor,
  tensor,
  vjp,
} from '@hairpin/tensors';
import { type LongRun, Pace } from '../long-run';
import type { NdArray } from './nd-array';

/** Of which outputs the derivatives are wanted. */
export interface OutputJacobianOptions extends LongRun {
  /** Positions t of y, the last one unless said. */
  readonly at?: readonly number[];
  /** Outputs that are explained at a time, 32 unless said. */
  readonly batchSize?: number;
  /** What the model is told beside x; its tensors have a batch of 1. */
  readonly context?: Context;
}

/** ∂y_t/∂x_s. */
export interface OutputJacobian extends NdArray<Float64Array> {
  /** [positions t, outputs, positions s, channels] */
  readonly shape: readonly number[];
  /** ‖∂y_t/∂x_s‖ (Frobenius) of each block, [positions t, positions s]: which output listens to which place. */
  readonly norms: NdArray<Float64Array>;
}

/**
 * The blocks ∂y_t/∂x_s of a model of sequences, for some outputs t and all inputs s: one pull of the gradient for each number of
 * an output, many at a time as rows of a batch.
 *
 * @param x one sequence, [1, length, channels]
 */
export async function outputJacobian(
  model: Model,
  x: Tensor,
  options: OutputJacobianOptions = {},
): Promise<OutputJacobian> {
  if (x.shape.length !== 3 || x.shape[0] !== 1)
    throw shapeError('outputJacobian', 'one sequence [1, length, channels]', x.shape);
  const { shape: found } = model(x, options.context);
  if (found.length !== 2 && found.length !== 3)
    throw shapeError('outputJacobian', 'a model that gives [1, length, outputs] or [1, outputs]', found);
  const [positions, outputs] = found.length === 3 ? [found[1], found[2]] : [1, found[1]];
  const { at = [positions - 1], batchSize = 32, context, ...run } = options;
  for (const t of at)
    if (!Number.isInteger(t) || t < 0 || t >= positions)
      throw new RangeError(`outputJacobian: expected positions from 0 to ${positions - 1}, got ${t}`);
  const pull = compile((cotangents: Tensor) => {
    const tiled = tile(context, batchSize);
    const { value, pullback } = vjp((own: Tensor) => model(own, tiled), repeat(x, batchSize));
    return pullback(reshape(cotangents, value.shape));
  });
  const [, length, channels] = x.shape;
  const rows = at.length * outputs;
  const each = length * channels;
  const values = new Float64Array(rows * each);
  const pace = new Pace(run, rows);
  try {
    for (let first = 0; first < rows; first += batchSize) {
      const count = Math.min(batchSize, rows - first); // the others stay zeros, so that one plan serves all
      const units = new Float64Array(batchSize * positions * outputs);
      for (let i = 0; i < count; i++) {
        const [t, output] = [at[Math.floor((first + i) / outputs)], (first + i) % outputs];
        units[(i * positions + t) * outputs + output] = 1;
      }
      const gradients = await pull(tensor(units, { dtype: x.dtype, ...(x.device && { device: x.device }) }));
      values.set((await gradients.data()).subarray(0, count * each), first * each);
      gradients.dispose();
      await pace.reach(first + count);
    }
  } finally {
    pull.dispose();
  }
  const norms = blockNorms(values, [at.length, outputs, length, channels]);
  return { values, shape: [at.length, outputs, length, channels], norms };
}

const repeat = (t: Tensor, rows: number): Tensor => broadcastTo(t, [rows, ...t.shape.slice(1)]);

/** A context for so many copies of the one row. */
function tile(context: Context | undefined, rows: number): Context {
  const { lengths, given, ...rest } = context ?? {};
  const all = Object.entries(given ?? {}).map(([name, value]) => [name, repeat(value, rows)]);
  return {
    ...rest,
    ...(lengths && { lengths: repeat(lengths, rows) }),
    ...(given && { given: Object.fromEntries(all) }),
  };
}

function blockNorms(values: Float64Array, [positions, outputs, length, channels]: readonly number[]) {
  const norms = new Float64Array(positions * length);
  for (let row = 0; row < positions * outputs; row++)
    for (let s = 0; s < length; s++)
      for (let c = 0; c < channels; c++)
        norms[Math.floor(row / outputs) * length + s] += values[(row * length + s) * channels + c] ** 2;
  return { values: norms.map(Math.sqrt), shape: [positions, length] };
}

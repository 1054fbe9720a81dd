import { type Context, type Model, reshape, shapeError, slice, type Tensor } from '@hairpin/tensors';

/**
 * Which number of the output is explained: the index of an output (last axis), or a function of the output `[batch, …]` that
 * returns one number for each row. A model with one output needs none. Explain logits, the outputs before a sigmoid or softmax.
 */
export type Target = number | ((output: Tensor) => Tensor);

/** The model's one explained number for each row, `[batch]`. */
export type Scored = (x: Tensor, context: Context | undefined) => Tensor;

/** The model with its target chosen. Raises `ShapeError` where that does not leave one number for each row. */
export function scored(model: Model, target: Target | undefined): Scored {
  return (x, context) => {
    const output = model(x, context);
    const chosen = typeof target === 'function' ? target(output) : pick(output, target);
    if (chosen.size !== x.shape[0])
      throw shapeError(
        'attribution',
        `one number for each of the ${x.shape[0]} rows (choose one by target: an index of the last axis, or a function)`,
        output.shape,
        chosen.shape,
      );
    return reshape(chosen, [x.shape[0]]);
  };
}

function pick(output: Tensor, target: number | undefined): Tensor {
  if (target === undefined) return output;
  const outputs = output.shape.at(-1) ?? 1;
  if (!Number.isInteger(target) || target < 0 || target >= outputs)
    throw new RangeError(`attribution: expected a target from 0 to ${outputs - 1}, got ${target}`);
  const starts = output.shape.map((_, d) => (d === output.shape.length - 1 ? target : 0));
  const ends = output.shape.map((n, d) => (d === output.shape.length - 1 ? target + 1 : n));
  return slice(output, starts, ends);
}

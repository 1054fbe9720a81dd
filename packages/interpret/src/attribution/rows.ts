import { broadcastTo, type Context, reshape, sum, tensor, type Tensor, type TypedArray } from '@hairpin/tensors';

/** Each row k times, one after the other.   [n, …] → [n · k, …] */
export function repeatRows(x: Tensor, k: number): Tensor {
  const [n, ...rest] = x.shape;
  return reshape(broadcastTo(reshape(x, [n, 1, ...rest]), [n, k, ...rest]), [n * k, ...rest]);
}

/** Sums of k rows each.   [n · k, …] → [n, …] */
export function sumRows(x: Tensor, k: number): Tensor {
  const [rows, ...rest] = x.shape;
  return sum(reshape(x, [rows / k, k, ...rest]), 1);
}

/** One number per row, beside rows of any rank.   [n] → [n, 1, …] */
export const beside = (weights: Tensor, x: Tensor): Tensor =>
  reshape(weights, [weights.shape[0], ...x.shape.slice(1).map(() => 1)]);

/** The tensors of a context by name, those of `given` under `given.`. */
type Tensors = Readonly<Record<string, Tensor>>;

/** Takes the tensors of a context apart from what stays the same for all rows. */
export function tensorsOf({ lengths, given }: Context = {}): Tensors {
  const named = Object.entries(given ?? {}).map(([name, t]) => [`given.${name}`, t] as const);
  return { ...(lengths && { lengths }), ...Object.fromEntries(named) };
}

/** The context with other tensors in place of its own; attribution is no training. */
export function withTensors(context: Context | undefined, tensors: Tensors): Context | undefined {
  if (!context) return undefined;
  const given = Object.fromEntries(
    Object.entries(tensors).flatMap(([name, t]) => (name.startsWith('given.') ? [[name.slice(6), t]] : [])),
  );
  return {
    ...context,
    training: false,
    ...(tensors.lengths && { lengths: tensors.lengths }),
    ...(context.given && { given }),
  };
}

/** Rows of a host array, by number.   values: [count, …] of `size` numbers each */
export function takeRows(values: TypedArray, size: number, rows: readonly number[], like: Tensor): Tensor {
  const taken = values.slice(0, 0).constructor as new (n: number) => TypedArray;
  const data = new taken(rows.length * size);
  rows.forEach((row, i) => data.set(values.subarray(row * size, (row + 1) * size), i * size));
  return tensor(data, {
    shape: [rows.length, ...like.shape.slice(1)],
    dtype: like.dtype,
    ...(like.device && { device: like.device }),
  });
}

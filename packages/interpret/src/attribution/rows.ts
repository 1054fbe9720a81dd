import { type Context, reshape, tensor, type Tensor, type TypedArray } from '@hairpin/tensors';
import { takeRows } from '../rows';

/** One number per row, beside rows of any rank.   [n] → [n, 1, …] */
export const beside = (weights: Tensor, x: Tensor): Tensor =>
  reshape(weights, [weights.shape[0], ...x.shape.slice(1).map(() => 1)]);

/** What of a context has a row for each example. */
export type Told = Pick<Context, 'lengths' | 'given'>;

/** The tensors of a context, to be handed to what is compiled. */
export const toldIn = ({ lengths, given }: Context = {}): Told => ({
  ...(lengths && { lengths }),
  ...(given && { given }),
});

/** The context of rows that are examples by number; attribution is no training. */
export const contextOf = (context: Context | undefined, told: Told, rows: Tensor): Context | undefined =>
  context && { ...context, training: false, ...takeRows(told, rows) };

/** Rows of a host array, by number.   values: [count, …] of `size` numbers each */
export function hostRows(values: TypedArray, size: number, rows: readonly number[], like: Tensor): Tensor {
  const taken = values.slice(0, 0).constructor as new (n: number) => TypedArray;
  const data = new taken(rows.length * size);
  rows.forEach((row, i) => data.set(values.subarray(row * size, (row + 1) * size), i * size));
  return tensor(data, {
    shape: [rows.length, ...like.shape.slice(1)],
    dtype: like.dtype,
    ...(like.device && { device: like.device }),
  });
}

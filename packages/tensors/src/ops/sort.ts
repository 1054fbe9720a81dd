import { shapeError } from '../errors';
import { asTensor, type TensorLike } from '../op';
import { normalizeAxis } from '../shape';
import type { Tensor } from '../tensor';
import { argsort } from './argsort';
import { neg } from './elementwise';
import { takeAlong } from './gather';
import { slice } from './movement';

/** x in ascending order along an axis. */
export const sort = (x: TensorLike, axis = -1): Tensor => takeAlong(x, argsort(x, axis), axis);

/** The k largest elements along an axis, largest first, and where they stood (`i32`). */
export function topK(x: TensorLike, k: number, axis = -1): { values: Tensor; indices: Tensor } {
  const tensor = asTensor(x);
  const d = normalizeAxis(axis, tensor.shape.length);
  if (d === undefined || !Number.isInteger(k) || k < 0 || k > tensor.shape[d])
    throw shapeError(
      'topK',
      `0 ≤ k ≤ the length along axis ${axis}`,
      `k = ${k} for shape [${tensor.shape.join(', ')}]`,
    );
  const ends = tensor.shape.map((n, axis) => (axis === d ? k : n));
  const indices = slice(
    argsort(neg(tensor), d),
    tensor.shape.map(() => 0),
    ends,
  );
  return { values: takeAlong(tensor, indices, d), indices };
}

import { cast, maximum, minimum, reshape, shapeError, type Tensor, type TensorLike } from '@hairpin/tensors';

/** Below every activation, and above −∞, which would make NaN of 0 · x. */
export const LOWEST = -3.4028234663852886e38;

/** Raises a `ShapeError` unless x is [batch, length, channels]. */
export function checkSequence(where: string, x: Tensor): void {
  if (x.shape.length !== 3) throw shapeError(where, 'input [batch, length, channels]', x.shape);
}

/** How many positions each row has, [batch, 1] or one number for all; 1 for those that have none, to divide by. */
export function positionsOf({ shape, dtype }: Tensor, lengths: Tensor | undefined): TensorLike {
  if (!lengths) return Math.max(shape[1], 1);
  return cast(reshape(maximum(minimum(lengths, shape[1]), 1), [-1, 1]), dtype);
}

import { broadcastTo, greater, reshape, type Shape, shapeError, type Tensor, where } from '@hairpin/tensors';

/**
 * One weight for each loss: those of examples `[batch]` are repeated over the axes that they do not have.
 * @throws ShapeError where the weights have not the leading axes of the losses
 */
export function weightsOf(call: string, weights: Tensor, shape: Shape): Tensor {
  if (!isLeading(weights.shape, shape))
    throw shapeError(call, `weights of shape [${shape.join(', ')}], or of its leading axes`, weights.shape);
  return broadcastTo(withAxes(weights, shape.length), shape);
}

/**
 * x where its example counts (weight above 0), else `filling`. To be done before anything is computed of x: a loss of
 * NaN can be cleared afterwards, but the gradient would still be 0 · NaN.
 */
export function clear(x: Tensor, weights: Tensor | undefined, filling = 0): Tensor {
  return weights ? where(withAxes(greater(weights, 0), x.shape.length), x, filling) : x;
}

/** Whether `shape` begins with `leading`. */
export const isLeading = (leading: Shape, shape: Shape): boolean =>
  leading.length <= shape.length && leading.every((n, d) => n === shape[d]);

/** x with axes of length 1 at its end, so that it broadcasts over trailing axes. */
export const withAxes = (x: Tensor, rank: number): Tensor =>
  reshape(x, [...x.shape, ...new Array<number>(rank - x.shape.length).fill(1)]);

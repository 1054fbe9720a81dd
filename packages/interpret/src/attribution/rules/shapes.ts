import { broadcastTo, reshape, sum, type Tensor } from '@hairpin/tensors';

/** Sums a tensor over the axes along which an operand of this shape was repeated. */
export function sumTo(x: Tensor, shape: readonly number[]): Tensor {
  const lead = x.shape.length - shape.length;
  const repeated = x.shape.flatMap((n, d) => (d < lead || (shape[d - lead] === 1 && n !== 1) ? [d] : []));
  return repeated.length === 0 ? x : reshape(sum(x, repeated), shape);
}

/** A reduction's result, repeated along the reduced axes. */
export function unreduce(y: Tensor, shape: readonly number[], axes: readonly number[]): Tensor {
  return broadcastTo(
    reshape(
      y,
      shape.map((n, d) => (axes.includes(d) ? 1 : n)),
    ),
    shape,
  );
}

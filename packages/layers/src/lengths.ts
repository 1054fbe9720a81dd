import {
  add,
  arange,
  cast,
  div,
  floor,
  less,
  maximum,
  mul,
  reshape,
  shapeError,
  sub,
  type Tensor,
  where,
} from '@hairpin/tensors';

/** True at the positions that belong to their row: `[batch, length, 1]`. */
export function isInside(lengths: Tensor, length: number): Tensor {
  return less(reshape(arange(length, 'i32'), [1, length, 1]), reshape(lengths, [-1, 1, 1]));
}

/** x with `value` beyond each row's length: by choice, not by product, for 0 · NaN is NaN. x: [batch, length, channels] */
export function fillBeyond(x: Tensor, lengths: Tensor | undefined, value: number): Tensor {
  if (!lengths) return x;
  if (x.shape.length !== 3 || lengths.shape.length !== 1 || lengths.shape[0] !== x.shape[0])
    throw shapeError('lengths', 'lengths [batch] for [batch, length, channels]', lengths.shape, x.shape);
  return where(isInside(lengths, x.shape[1]), x, value);
}

/** x with zeros beyond each row's length. */
export const clearBeyond = (x: Tensor, lengths: Tensor | undefined): Tensor => fillBeyond(x, lengths, 0);

/** How many windows of `reach` + 1 positions fit into each length, `stride` apart; 0 where none does. */
export function windowsIn(lengths: Tensor, { reach, stride }: { reach: number; stride: number }): Tensor {
  const steps = sub(lengths, reach + 1);
  return maximum(add(stride === 1 ? steps : floorDivide(steps, stride), 1), 0);
}

/** ⌊a / n⌋ of integers below 2^22, where a GPU's division may be off by some bits: with + ½ no quotient is near a whole number. */
export function floorDivide(a: Tensor, n: Tensor | number): Tensor {
  const divisor = typeof n === 'number' ? n : cast(n, 'f32');
  return cast(floor(div(add(cast(a, 'f32'), 0.5), divisor)), 'i32');
}

/** a mod n in {0 … n − 1} for integers below 2^22, also for negative a. */
export const modulo = (a: Tensor, n: Tensor | number): Tensor => sub(a, mul(floorDivide(a, n), n));

import {
  add,
  arange,
  concat,
  pad,
  permute,
  reshape,
  slice,
  sub,
  takeAlong,
  tensor,
  type Tensor,
} from '@hairpin/tensors';
import { floorDivide, modulo } from '../lengths';

/*
 * A net that looks back d steps is d nets, each on every d-th step (Chang et al. 2017): subsequence j holds the
 * steps j, j + d, j + 2d …, and the d of a row stand one after the other in the batch.
 */

/**
 * x: [batch, length, channels] → [batch · d, ⌈length / d⌉, channels]; the last step of some subsequences may be
 * padding.
 */
export function interleave(x: Tensor, d: number): Tensor {
  const [batch, length, channels] = x.shape as [number, number, number];
  const steps = Math.ceil(length / d);
  const whole = padEnd(x, steps * d);
  return reshape(permute(reshape(whole, [batch, steps, d, channels]), [0, 2, 1, 3]), [batch * d, steps, channels]);
}

/** The other way: y: [batch · d, ⌈length / d⌉, channels] → [batch, length, channels] */
export function deinterleave(y: Tensor, d: number, length: number): Tensor {
  const [rows, steps, channels] = y.shape as [number, number, number];
  const apart = permute(reshape(y, [rows / d, d, steps, channels]), [0, 2, 1, 3]);
  return slice(reshape(apart, [rows / d, steps * d, channels]), [0, 0], [undefined, length]);
}

/** Lengths of the subsequences, [batch · d] i32; undefined where all are whole. */
export function interleavedLengths(lengths: Tensor | undefined, d: number, x: Tensor): Tensor | undefined {
  const [batch, length] = x.shape;
  if (!lengths && length % d === 0) return undefined;
  const own = lengths ?? tensor(new Int32Array(batch).fill(length), { device: x.device });
  const missing = sub(d - 1, reshape(arange(d, 'i32'), [1, d]));
  return reshape(floorDivide(add(reshape(own, [batch, 1]), missing), d), [batch * d]);
}

/** x with zeros after its last step, so that it has `length` of them. */
export const padEnd = (x: Tensor, length: number): Tensor =>
  pad(
    x,
    x.shape.map((n, axis) => [0, axis === 1 ? length - n : 0]),
  );

/** A tensor for each row as one for each subsequence: [batch, …] → [batch · d, …] */
export function repeatRows(t: Tensor, d: number): Tensor {
  const [batch, ...rest] = t.shape;
  return reshape(reshape(t, [batch, 1, ...rest]).broadcastTo([batch, d, ...rest]), [batch * d, ...rest]);
}

/**
 * States [batch, d, width] by the step of the sequence that reads them next: slot 0 is that of the step after the last,
 * which for a row of length n continues subsequence n mod d.
 */
export function turnSlots(state: Tensor, lengths: Tensor | undefined, length: number): Tensor {
  const [batch, d] = state.shape;
  if (lengths) {
    const slots = modulo(add(reshape(lengths, [batch, 1]), reshape(arange(d, 'i32'), [1, d])), d);
    return takeAlong(state, reshape(slots, [batch, d, 1]).broadcastTo(state.shape), 1);
  }
  const first = length % d;
  return first === 0 ? state : concat([slice(state, [0, first]), slice(state, [0, 0], [undefined, first])], 1);
}

import { add, arange, maximum, reshape, sub, takeAlong, type Tensor } from '@hairpin/tensors';
import { clearBeyond, modulo } from '../lengths';

/**
 * Each row closed to a circle of its own length: `reach` more positions, half of them before, which repeat its other end.
 * x: [batch, length, channels] → [batch, length + reach, channels], zeros beyond each row's length + reach.
 */
export function wrapRows(x: Tensor, lengths: Tensor, reach: number): Tensor {
  const [batch, length, channels] = x.shape as [number, number, number];
  const place = sub(reshape(arange(length + reach, 'i32'), [1, length + reach]), Math.floor(reach / 2));
  const index = modulo(place, maximum(reshape(lengths, [batch, 1]), 1));
  const spread = reshape(index, [batch, length + reach, 1]).broadcastTo([batch, length + reach, channels]);
  return clearBeyond(takeAlong(clearBeyond(x, lengths), spread, 1), add(lengths, reach));
}

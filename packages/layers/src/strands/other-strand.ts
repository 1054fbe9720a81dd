import { arange, flip, reshape, sub, takeAlong, type Tensor, where } from '@hairpin/tensors';
import { clearBeyond, isInside } from '../lengths';

/**
 * What the other strand of DNA says at the same place: positions and channels backwards, channel c being the complement
 * of the c-th from the end. So it is for one-hot A C G T, and for what `RCConv1d` gives. With lengths each row is
 * turned within its own, with zeros beyond.
 * x: [batch, length, channels], or [batch, channels], where only the channels are turned
 */
export function otherStrand(x: Tensor, lengths?: Tensor): Tensor {
  if (x.shape.length < 3) return flip(x, -1);
  if (!lengths) return flip(x, [1, 2]);
  const { shape } = x;
  const place = reshape(arange(shape[1], 'i32'), [1, shape[1], 1]);
  const turned = sub(reshape(sub(lengths, 1), [-1, 1, 1]), place);
  const index = where(isInside(lengths, shape[1]), turned, place).broadcastTo(shape);
  return takeAlong(flip(clearBeyond(x, lengths), 2), index, 1);
}

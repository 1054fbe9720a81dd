import { shapeError } from '../errors';
import { asTensor, type TensorLike } from '../op';
import type { Tensor } from '../tensor';
import { slice } from './movement';
import { mean, max } from './reduce';
import { reshape } from './reshape';
import { windows } from './windows';

/** The windows of a pooling. */
export interface PoolOptions {
  /** Positions in a window. */
  readonly width: number;
  /** Distance between windows (the width unless said). */
  readonly stride?: number;
}

function pooled(where: string, x: TensorLike, { width, stride = width }: PoolOptions): Tensor {
  const tensor = asTensor(x);
  if (tensor.shape.length !== 3) throw shapeError(where, 'input [batch, length, channels]', tensor.shape);
  if (![width, stride].every((n) => Number.isInteger(n) && n >= 1))
    throw new RangeError(`${where}: width (${width}) and stride (${stride}) must be whole numbers ≥ 1`);
  if (tensor.shape[1] < width) throw shapeError(where, `length ≥ ${width}, the width of a window`, tensor.shape);
  return stride === width ? cut(tensor, width) : windows(tensor, { width, stride, dilation: 1 });
}

/** Windows side by side are the sequence in another shape: its gradient has one window to ask at each position, not `width`. */
function cut(x: Tensor, width: number): Tensor {
  const [batch, length, channels] = x.shape;
  const count = Math.floor(length / width);
  return reshape(slice(x, [0, 0], [undefined, count * width]), [batch, count, width, channels]);
}

/** Largest value of each window.   x: [batch, length, channels] → [batch, windows, channels]; a last, incomplete window is dropped. */
export const maxPool1d = (x: TensorLike, options: PoolOptions): Tensor => max(pooled('maxPool1d', x, options), 2);

/** Mean of each window.   x: [batch, length, channels] → [batch, windows, channels]. */
export const avgPool1d = (x: TensorLike, options: PoolOptions): Tensor => mean(pooled('avgPool1d', x, options), 2);

import { broadcastTo, reshape, type Tensor, tensor, vjp } from '@hairpin/tensors';
import type { OpenRecurrence } from './recurrence';

/**
 * ∂step(h, x)/∂h for each row, all entries at once: every row becomes `width` rows, each with another unit vector as
 * cotangent.   h: [rows, width], x: [rows, …] → [rows, width, width]; row i holds the gradient of the i-th output
 */
export function jacobianOf<S>({ step, joint }: OpenRecurrence<S>, h: Tensor, x: Tensor): Tensor {
  const [rows, width] = h.shape;
  const repeat = (t: Tensor) => {
    const own = t.shape.slice(1);
    return reshape(broadcastTo(reshape(t, [rows, 1, ...own]), [rows, width, ...own]), [rows * width, ...own]);
  };
  const read = repeat(x);
  const { pullback } = vjp((own: Tensor) => joint.pack(step(joint.unpack(own), read)), repeat(h));
  const units = broadcastTo(reshape(identity(width, h), [1, width, width]), [rows, width, width]);
  return reshape(pullback(reshape(units, [rows * width, width])), [rows, width, width]);
}

function identity(width: number, { dtype, device }: Tensor): Tensor {
  const ones = new Float64Array(width * width).map((_, i) => Number(i % (width + 1) === 0));
  return tensor(ones, { shape: [width, width], dtype, ...(device && { device }) });
}

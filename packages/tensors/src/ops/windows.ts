import { div, scale, sum as add } from '../affine';
import { apply, type Op, type TensorLike } from '../op';
import { range } from '../shape';
import type { Tensor } from '../tensor';
import { sum } from './broadcast';
import { concat } from './join';
import { move, slice } from './movement';

/** Windows along a sequence: positions in each, distance between them, distance of positions. */
export interface WindowAttrs {
  readonly width: number;
  readonly stride: number;
  readonly dilation: number;
}

const windowsOp: Op<WindowAttrs> = {
  name: 'windows',
  infer: ([x], { width, stride, dilation }) => {
    const [batch, length, channels] = x.shape;
    return { shape: [batch, windowCount(length, { width, stride, dilation }), width, channels], dtype: x.dtype };
  },
  reference: ([x], { stride, dilation }, out) => {
    const [, length, channels] = x.shape;
    move(x, out, ([b, l, w, c]) => (b * length + l * stride + w * dilation) * channels + c);
  },
  vjp: (dy, { inputs: [x], attrs }) => [overlapAdd(dy, x.shape[1], attrs)],
  lowering: {
    kind: 'movement',
    pieces: ([b, l, w, c], { stride, dilation }) => [
      { input: 0, coords: [b, add(scale(l, stride), scale(w, dilation)), c] },
    ],
  },
};

/** How many whole windows a sequence of `length` has. */
export const windowCount = (length: number, { width, stride, dilation }: WindowAttrs): number =>
  Math.max(0, Math.floor((length - (width - 1) * dilation - 1) / stride) + 1);

/** x [batch, length, channels] → [batch, windows, width, channels], a view: rows overlap in memory. */
export const windows = (x: TensorLike, attrs: WindowAttrs): Tensor => apply(windowsOp, [x], attrs);
windows.op = windowsOp;

const skewOp: Op<WindowAttrs & { length: number }> = {
  name: 'skew',
  infer: ([y], { length, width }) => ({ shape: [y.shape[0], length, width, y.shape[3]], dtype: y.dtype }),
  reference: ([y], { width, stride, dilation }, out) => {
    const [, count, , channels] = y.shape;
    move(y, out, ([b, p, w, c]) => {
      const l = (p - w * dilation) / stride;
      return Number.isInteger(l) && l >= 0 && l < count ? ((b * count + l) * width + w) * channels + c : -1;
    });
  },
  vjp: (dz, { attrs }) => [unskew(dz, attrs)],
  lowering: {
    kind: 'movement',
    pieces: ([b, p, w, c], { stride, dilation }, [input]) => {
      const index = add(p, scale(w, -dilation));
      const inside = [
        { kind: 'range' as const, index, size: (input[1] - 1) * stride + 1 },
        { kind: 'multiple' as const, index, of: stride },
      ];
      return [{ input: 0, coords: [b, div(index, stride), w, c], inside }];
    },
  },
};

/** y [batch, windows, width, channels] with element (l, w) moved to the place l · stride + w · dilation that it came from. */
export const skew = (y: TensorLike, attrs: WindowAttrs & { length: number }): Tensor => apply(skewOp, [y], attrs);
skew.op = skewOp;

/** The adjoint of skew: back from places to windows. */
function unskew(dz: Tensor, { width, stride, dilation, length }: WindowAttrs & { length: number }): Tensor {
  const count = windowCount(length, { width, stride, dilation });
  const columns = range(width).map((w) =>
    slice(dz, [0, w * dilation, w], [undefined, w * dilation + (count - 1) * stride + 1, w + 1], [1, stride]),
  );
  return concat(columns, 2);
}

/** The adjoint of `windows`: what every window says about a position is added up. */
export function overlapAdd(y: Tensor, length: number, attrs: WindowAttrs): Tensor {
  return sum(skew(y, { ...attrs, length }), 2);
}

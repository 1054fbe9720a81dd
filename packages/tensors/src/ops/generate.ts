import { isInteger, type DType } from '../dtype';
import { shapeError } from '../errors';
import type { Device } from '../device';
import type { Op } from '../op';
import { apply } from '../op';
import type { Shape } from '../shape';
import { scalar, Tensor } from '../tensor';
import { broadcastTo } from './broadcast';

const arangeOp: Op<{ length: number; dtype: DType }> = {
  name: 'arange',
  infer: (_, { length, dtype }) => ({ shape: [length], dtype }),
  reference: (_, __, out) => {
    for (let i = 0; i < out.data.length; i++) out.data[i] = i;
  },
  lowering: {
    kind: 'elementwise',
    wgsl: (_, { dtype }, index) => `${isInteger(dtype) ? dtype : 'f32'}(${index})`,
    usesIndex: true,
  },
};

/** [0, 1, …, length − 1]. It owns no memory: a kernel that reads it computes it. */
export function arange(length: number, dtype: DType = 'f32'): Tensor {
  if (!Number.isInteger(length) || length < 0) throw shapeError('arange', 'a whole length ≥ 0', `${length}`);
  if (dtype === 'bool') throw shapeError('arange', 'a number type', dtype);
  return apply(arangeOp, [], { length, dtype });
}
arange.op = arangeOp;

/** What kind of number stands everywhere, and on which device. */
export interface ConstantOptions {
  readonly dtype?: DType;
  readonly device?: Device | undefined;
}

/** One number everywhere; it owns no memory until somebody asks for its data. */
export function full(shape: Shape, value: number, { dtype = 'f32', device }: ConstantOptions = {}): Tensor {
  if (shape.some((n) => !Number.isInteger(n) || n < 0)) throw shapeError('full', 'whole lengths ≥ 0', shape);
  const constant = scalar(value, dtype);
  return broadcastTo(device ? new Tensor({ shape: [], dtype, device }, constant.source) : constant, shape);
}

/** 0 everywhere. */
export const zeros = (shape: Shape, options?: ConstantOptions): Tensor => full(shape, 0, options);
/** 1 everywhere. */
export const ones = (shape: Shape, options?: ConstantOptions): Tensor => full(shape, 1, options);
/** 0 everywhere, in another tensor's shape and dtype. */
export const zerosLike = (x: Tensor): Tensor => zeros(x.shape, x);
/** 1 everywhere, in another tensor's shape and dtype. */
export const onesLike = (x: Tensor): Tensor => ones(x.shape, x);

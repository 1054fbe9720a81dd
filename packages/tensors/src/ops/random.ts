import type { Device } from '../device';
import { shapeError } from '../errors';
import { apply, type Op } from '../op';
import { drawBits, normalFromBits, type Rng, uniformFromBits } from '../random';
import { type Shape, size } from '../shape';
import { scalar, Tensor } from '../tensor';
import { activeTrace } from '../trace';
import { add, less, mul } from './elementwise';
import { unary } from './unary';

/** Inputs are numbers of the step: the draw and the two words of the key. One shader serves every generator. */
const bitsOp: Op<{ shape: Shape }> = {
  name: 'randomBits',
  infer: (_, { shape }) => ({ shape, dtype: 'u32' }),
  reference: ([draw, key0, key1], _, out) =>
    out.data.set(drawBits([key0.data[0], key1.data[0]], draw.data[0], out.data.length)),
  lowering: {
    kind: 'elementwise',
    wgsl: ([draw, key0, key1], _, index) => `threefry(vec2<u32>(${key0}, ${key1}), vec2<u32>(${index}, ${draw}))`,
    usesIndex: true,
    costly: true,
    helpers: ['threefry'],
  },
};

const fromBits = (name: string, reference: (bits: number) => number, wgsl: string, helpers: readonly string[] = []) => {
  const record = unary({ name, reference, wgsl, helpers });
  return {
    ...record.op,
    infer: ([x]: readonly { shape: Shape }[]) => ({ shape: x.shape, dtype: 'f32' as const }),
  } satisfies Op<undefined>;
};

const uniformOp = fromBits('uniformFromBits', uniformFromBits, '(f32(x >> 8u) * 5.9604644775390625e-8)');
const normalOp = fromBits('normalFromBits', normalFromBits, 'normal_from_bits(x)', ['normal_from_bits']);

/** Where a draw is to be made. */
export interface DrawOptions {
  readonly device?: Device;
}

/** One draw of random `u32`: element i is the first word of `threefry2x32(key, [i, draw])` on every device. */
export function randomBits(rng: Rng, shape: Shape, { device }: DrawOptions = {}): Tensor {
  if (shape.some((n) => !Number.isInteger(n) || n < 0)) throw shapeError('randomBits', 'whole lengths ≥ 0', shape);
  if (size(shape) > 2 ** 32) throw shapeError('randomBits', 'at most 2^32 elements in a draw', shape);
  const numbers = [nextDraw(rng), ...rng.key].map((value) => scalar(value, 'u32'));
  const placed = numbers.map(({ source }) => new Tensor({ shape: [], dtype: 'u32', device }, source));
  return apply(bitsOp, placed, { shape });
}
randomBits.op = bitsOp;

/** Under `compile` the number of a draw is looked up at each replay; eagerly it is known at once. */
function nextDraw(rng: Rng): number | (() => number) {
  const trace = activeTrace();
  if (trace) return trace.draw(rng);
  const draw = rng.draws;
  rng.draws = (draw + 1) >>> 0;
  return draw;
}

/** Uniform in [low, high), from 24 random bits; the same on every device where low is 0 and high a power of two. */
export function uniform(rng: Rng, shape: Shape, low = 0, high = 1, options?: DrawOptions): Tensor {
  const unit = apply(uniformOp, [randomBits(rng, shape, options)], undefined);
  return low === 0 && high === 1 ? unit : add(mul(unit, high - low), low);
}
uniform.op = uniformOp;

/** Normal with the given mean and standard deviation; |z| < 5.5. Devices agree to 1e-5. */
export function normal(rng: Rng, shape: Shape, mean = 0, std = 1, options?: DrawOptions): Tensor {
  const unit = apply(normalOp, [randomBits(rng, shape, options)], undefined);
  return mean === 0 && std === 1 ? unit : add(mul(unit, std), mean);
}
normal.op = normalOp;

/** True with probability p, the same on every device. */
export const bernoulli = (rng: Rng, shape: Shape, p: number, options?: DrawOptions): Tensor =>
  less(uniform(rng, shape, 0, 1, options), p);

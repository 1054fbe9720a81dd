import { isFloat, isInteger, type DType } from '../dtype';
import { shapeError } from '../errors';
import { apply, asTensor, operands, sameDType, type Op, type TensorLike } from '../op';
import { broadcastStrides, forEachCoord } from '../shape';
import { scalar, type Tensor } from '../tensor';
import { binary, broadcast } from './binary';
import { sumTo } from './broadcast';
import { unary } from './unary';

// ---- arithmetic --------------------------------------------------------------------------------------------------

/** x + y. */
export const add = binary({ name: 'add', reference: (x, y) => x + y, wgsl: '(x + y)', vjp: (dz) => [dz, dz] });
/** x − y. */
export const sub = binary({ name: 'sub', reference: (x, y) => x - y, wgsl: '(x - y)', vjp: (dz) => [dz, neg(dz)] });
/** x · y. */
export const mul = binary({
  name: 'mul',
  reference: (x, y) => x * y,
  wgsl: '(x * y)',
  vjp: (dz, { x, y }) => [mul(dz, y), mul(dz, x)],
});
/** x / y, for floats. */
export const div = binary({
  name: 'div',
  takes: 'floats',
  reference: (x, y) => x / y,
  wgsl: '(x / y)',
  vjp: (dz, { y, z }) => [div(dz, y), neg(div(mul(dz, z), y))],
});
/** xʸ for x > 0, and for x ≤ 0 with whole y. */
export const pow = binary({
  name: 'pow',
  takes: 'floats',
  costly: true,
  reference: Math.pow,
  wgsl: 'powf(x, y)', // WGSL's pow is undefined below 0
  helpers: ['powf'],
  vjp: (dz, { x, y, z }) => [
    mul(dz, mul(y, pow(x, sub(y, 1)))),
    mul(dz, where(greater(x, 0), mul(z, log(where(greater(x, 0), x, 1))), 0)),
  ],
});
/** The larger of two; where they are equal each gets half of the gradient. */
export const maximum = binary({
  name: 'maximum',
  reference: Math.max,
  wgsl: 'max(x, y)',
  vjp: (dz, { x, y }) => shares(dz, greater(x, y), equal(x, y)),
});
/** The smaller of two; where they are equal each gets half of the gradient. */
export const minimum = binary({
  name: 'minimum',
  reference: Math.min,
  wgsl: 'min(x, y)',
  vjp: (dz, { x, y }) => shares(dz, less(x, y), equal(x, y)),
});

function shares(dz: Tensor, first: Tensor, tie: Tensor): [Tensor, Tensor] {
  const share = where(tie, scalar(0.5, dz.dtype), cast(first, dz.dtype));
  return [mul(dz, share), mul(dz, sub(1, share))];
}

// ---- comparisons and logic ---------------------------------------------------------------------------------------

const compare = (
  name: string,
  reference: (x: number, y: number) => boolean,
  operator: string,
  takes: 'numbers' | 'all' = 'numbers',
) => binary({ name, dtype: 'bool', takes, reference: (x, y) => Number(reference(x, y)), wgsl: `(x ${operator} y)` });

/** x = y, as bools. */
export const equal = compare('equal', (x, y) => x === y, '==', 'all');
/** x ≠ y, as bools. */
export const notEqual = compare('notEqual', (x, y) => x !== y, '!=', 'all');
/** x < y, as bools. */
export const less = compare('less', (x, y) => x < y, '<');
/** x ≤ y, as bools. */
export const lessEqual = compare('lessEqual', (x, y) => x <= y, '<=');
/** x > y, as bools. */
export const greater = compare('greater', (x, y) => x > y, '>');
/** x ≥ y, as bools. */
export const greaterEqual = compare('greaterEqual', (x, y) => x >= y, '>=');
/** Both, of bools. */
export const logicalAnd = binary({ name: 'logicalAnd', takes: 'bools', reference: (x, y) => x & y, wgsl: '(x && y)' });
/** Either or both, of bools. */
export const logicalOr = binary({ name: 'logicalOr', takes: 'bools', reference: (x, y) => x | y, wgsl: '(x || y)' });
/** The other truth value of each bool. */
export const logicalNot = unary({
  name: 'logicalNot',
  takes: 'bools',
  reference: (x) => 1 - x,
  wgsl: '(!x)',
  dtype: 'bool',
});
/** False for NaN and ±Infinity, read off the exponent bits: WGSL may assume that no comparison ever meets a NaN. */
export const isFinite = unary({
  name: 'isFinite',
  dtype: 'bool',
  reference: (x) => Number(Number.isFinite(x)),
  wgsl: 'is_finite(x)',
  helpers: ['is_finite'],
});

// ---- functions of one number -------------------------------------------------------------------------------------

/** −x. */
export const neg = unary({ name: 'neg', takes: 'signed', reference: (x) => -x, wgsl: '(-x)', vjp: (dy) => neg(dy) });
/** |x|; its gradient at 0 is 0. */
export const abs = unary({
  name: 'abs',
  takes: 'signed',
  reference: Math.abs,
  wgsl: 'abs(x)',
  vjp: (dy, { x }) => mul(dy, sign(x)),
});
/** −1, 0 or 1; it has gradient 0. */
export const sign = unary({
  name: 'sign',
  takes: 'signed',
  reference: Math.sign,
  wgsl: 'sign(x)',
  vjp: (dy) => mul(dy, 0),
});
/** The largest whole number ≤ x; it has gradient 0. */
export const floor = unary({ name: 'floor', reference: Math.floor, wgsl: 'floor(x)', vjp: (dy) => mul(dy, 0) });
/** The smallest whole number ≥ x; it has gradient 0. */
export const ceil = unary({ name: 'ceil', reference: Math.ceil, wgsl: 'ceil(x)', vjp: (dy) => mul(dy, 0) });
/** Nearest whole number, halves to the even one. */
export const round = unary({ name: 'round', reference: roundHalfEven, wgsl: 'round(x)', vjp: (dy) => mul(dy, 0) });
/** x². */
export const square = unary({
  name: 'square',
  takes: 'signed',
  reference: (x) => x * x,
  wgsl: '(x * x)',
  vjp: (dy, { x }) => mul(dy, mul(x, 2)),
});
/** 1 / x. */
export const reciprocal = unary({
  name: 'reciprocal',
  reference: (x) => 1 / x,
  wgsl: '(1.0 / x)',
  vjp: (dy, { y }) => neg(mul(dy, square(y))),
});
/** √x. */
export const sqrt = unary({
  name: 'sqrt',
  costly: true,
  reference: Math.sqrt,
  wgsl: 'sqrt(x)',
  vjp: (dy, { y }) => div(dy, mul(y, 2)),
});
/** 1 / √x. */
export const rsqrt = unary({
  name: 'rsqrt',
  costly: true,
  reference: (x) => 1 / Math.sqrt(x),
  wgsl: 'inverseSqrt(x)',
  vjp: (dy, { x, y }) => div(mul(mul(dy, y), -0.5), x),
});
/** eˣ. */
export const exp = unary({
  name: 'exp',
  costly: true,
  reference: Math.exp,
  wgsl: 'exp(x)',
  vjp: (dy, { y }) => mul(dy, y),
});
/** eˣ − 1, exact near 0. */
export const expm1 = unary({
  name: 'expm1',
  costly: true,
  reference: Math.expm1,
  wgsl: 'expm1f(x)',
  helpers: ['expm1f'],
  vjp: (dy, { y }) => mul(dy, add(y, 1)),
});
/** The natural logarithm. */
export const log = unary({
  name: 'log',
  costly: true,
  reference: Math.log,
  wgsl: 'log(x)',
  vjp: (dy, { x }) => div(dy, x),
});
/** log(1 + x), exact near 0. */
export const log1p = unary({
  name: 'log1p',
  costly: true,
  reference: Math.log1p,
  wgsl: 'log1pf(x)',
  helpers: ['log1pf'],
  vjp: (dy, { x }) => div(dy, add(x, 1)),
});
/** The sine of an angle in radians. */
export const sin = unary({
  name: 'sin',
  costly: true,
  reference: Math.sin,
  wgsl: 'sine(x, 0)',
  helpers: ['sine'],
  vjp: (dy, { x }) => mul(dy, cos(x)),
});
/** The cosine of an angle in radians. */
export const cos = unary({
  name: 'cos',
  costly: true,
  reference: Math.cos,
  wgsl: 'sine(x, 1)',
  helpers: ['sine'],
  vjp: (dy, { x }) => neg(mul(dy, sin(x))),
});
/** Some drivers return NaN for tanh of large numbers: the argument is clamped where tanh is ±1 in f32 anyway. */
export const tanh = unary({
  name: 'tanh',
  costly: true,
  reference: Math.tanh,
  wgsl: 'tanh(clamp(x, -15.0, 15.0))',
  vjp: (dy, { y }) => mul(dy, sub(1, square(y))),
});
/** 1 / (1 + e⁻ˣ), without overflow on either side. */
export const sigmoid = unary({
  name: 'sigmoid',
  costly: true,
  reference: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  wgsl: '(1.0 / (1.0 + exp(-clamp(x, -88.0, 88.0))))', // beyond 88 exp overflows
  vjp: (dy, { y }) => mul(dy, mul(y, sub(1, y))),
});
/** max(x, 0). The gradient reads the output, so that the input need not be kept. */
export const relu = unary({
  name: 'relu',
  reference: (x) => Math.max(x, 0),
  wgsl: 'max(x, 0.0)',
  vjp: (dy, { y }) => where(greater(y, 0), dy, 0),
});
/** log(1 + eˣ). The obvious form overflows in f32 above x ≈ 88 and returns 0 below −17; this one does neither. */
export const softplus = unary({
  name: 'softplus',
  costly: true,
  reference: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  wgsl: '(max(x, 0.0) + log1pf(exp(-abs(x))))',
  helpers: ['log1pf'],
  vjp: (dy, { x }) => mul(dy, sigmoid(x)),
});
function roundHalfEven(x: number): number {
  const down = Math.floor(x);
  const isTie = x - down === 0.5;
  return isTie ? 2 * Math.round(x / 2) : Math.round(x);
}

// ---- choices, casts and marks ------------------------------------------------------------------------------------

const whereOp: Op<undefined> = {
  name: 'where',
  infer: ([condition, x, y]) => {
    if (condition.dtype !== 'bool') throw shapeError('where', 'a bool condition', condition.dtype);
    return { shape: broadcast('where', condition.shape, x.shape, y.shape), dtype: sameDType('where', [x, y]) };
  },
  reference: (inputs, _, out) => {
    const steps = inputs.map((input) => broadcastStrides(input.shape, out.shape));
    const pick = (k: number, coords: readonly number[]) =>
      inputs[k].data[coords.reduce((at, c, d) => at + c * steps[k][d], 0)];
    forEachCoord(out.shape, (i, coords) => (out.data[i] = pick(0, coords) ? pick(1, coords) : pick(2, coords)));
  },
  fast: (inputs, attrs, out) => {
    const [condition, x, y] = inputs;
    const isFlat = inputs.every((input) => input.data.length === out.data.length || input.data.length === 1);
    if (!isFlat) return whereOp.reference(inputs, attrs, out);
    const [sc, sx, sy] = inputs.map((input) => (input.data.length === 1 ? 0 : 1));
    for (let i = 0; i < out.data.length; i++) out.data[i] = condition.data[i * sc] ? x.data[i * sx] : y.data[i * sy];
  },
  vjp: (dz, { inputs: [condition, x, y] }) => [
    undefined,
    sumTo(where(condition, dz, 0), x.shape),
    sumTo(where(condition, 0, dz), y.shape),
  ],
  lowering: { kind: 'elementwise', wgsl: ([condition, x, y]) => `select(${y}, ${x}, ${condition})` },
};

/** x where the condition holds, else y: a choice, not a product, so that NaN on the other side does not leak. */
export function where(condition: TensorLike, x: TensorLike, y: TensorLike): Tensor {
  return apply(whereOp, [asTensor(condition), ...operands('where', [x, y])], undefined);
}
where.op = whereOp;

/** x held within [low, high]; outside the gradient is 0. */
export const clamp = (x: TensorLike, low: TensorLike, high: TensorLike): Tensor => minimum(maximum(x, low), high);

const wgslTypes: Record<DType, string> = { f32: 'f32', f64: 'f32', f16: 'f32', i32: 'i32', u32: 'u32', bool: 'bool' };

const castOp: Op<{ dtype: DType }> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ shape: x.shape, dtype }),
  reference: ([x], { dtype }, out) => {
    const convert =
      dtype === 'bool' ? (v: number) => Number(v !== 0) : isInteger(dtype) ? Math.trunc : (v: number) => v;
    for (let i = 0; i < out.data.length; i++) out.data[i] = convert(x.data[i]);
  },
  vjp: (dy, { inputs: [x] }) => [isFloat(x.dtype) && isFloat(dy.dtype) ? cast(dy, x.dtype) : undefined],
  lowering: { kind: 'elementwise', wgsl: ([x], { dtype }) => `${wgslTypes[dtype]}(${x})` },
};

/** x as another dtype; floats are truncated towards zero, bools become 0 and 1. */
export function cast(x: TensorLike, dtype: DType): Tensor {
  const tensor = asTensor(x);
  return tensor.dtype === dtype ? tensor : apply(castOp, [tensor], { dtype });
}
cast.op = castOp;

function identity<A>(name: string, vjp: Op<A>['vjp']): Op<A> {
  return {
    name,
    infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    reference: ([x], _, out) => out.data.set(x.data),
    ...(vjp && { vjp }),
    lowering: { kind: 'identity' },
  };
}

const stopGradientOp = identity<undefined>('stopGradient', undefined);
/** x, and no gradient: what lies before it counts as constant. */
export const stopGradient = (x: TensorLike): Tensor => apply(stopGradientOp, [x], undefined);
stopGradient.op = stopGradientOp;

const tapOp = identity<{ tap: string }>('tap', (dy) => [dy]);
/** x, under a name: a place inside a model that methods can read, explain and replace. */
export const tap = (x: TensorLike, name: string): Tensor => apply(tapOp, [x], { tap: name });
tap.op = tapOp;

const copyOp = identity<undefined>('copy', (dy) => [dy]);
/** x as a node of its own. */
export const copy = (x: TensorLike): Tensor => apply(copyOp, [x], undefined);
copy.op = copyOp;

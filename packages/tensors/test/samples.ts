import * as T from '../src/index';
import { apply, type Op } from '../src/op';
import { ops, type OpName } from '../src/ops';
import { skew, windows } from '../src/ops/windows';
import {
  betweenIntegers,
  bools,
  distinct,
  empty,
  ends,
  flat,
  indices,
  integers,
  kink,
  normal,
  of,
  positive,
  sample,
  type Sample,
  type Samples,
  scalar,
  steepEnds,
  type Values,
  vector,
} from './samples/values';

/** Pairs that broadcast in every direction, from one way to draw a shape. */
const pairs = (
  draw: (shape: T.Shape, label?: string) => Values,
): [Values[], Values[], Values[], Values[], Values[]] => [
  [draw([7, 13], 'x'), draw([7, 13], 'y')],
  [draw([3, 1, 5], 'x'), draw([4, 1], 'y')],
  [draw([5], 'x'), draw([2, 3, 5], 'y')],
  [draw([2, 3], 'x'), draw([], 'y')],
  [empty([0, 4]), draw([4])],
];

const wholePairs = (dtype: 'i32' | 'u32'): Values[] => [integers([5, 3], 5, 9, dtype), integers([3], 1, 4, dtype)];

const comparison = (f: Sample['f']): Samples =>
  of(
    f,
    [vector(1, 2, 3, -0, Infinity), vector(1, 3, 2, 0, Infinity)],
    [normal([7, 1, 3]), normal([5, 1])],
    [empty([0, 4]), normal([4])],
    [integers([11], -2, 2), integers([11, 1], -2, 2)],
    [integers([11], 0, 2, 'u32'), integers([2, 11], 0, 2, 'u32')],
  );

const logical = (f: Sample['f']): Samples =>
  of(f, [bools([7, 13], 'x'), bools([7, 13], 'y')], [bools([3, 1]), bools([5])], [integersAsBools([0, 4]), bools([4])]);

const integersAsBools = (shape: T.Shape): Values => ({ shape, dtype: 'bool', data: [] });

const step = (f: Sample['f']): Samples =>
  of(f, betweenIntegers([7, 13]), empty([0, 4]), betweenIntegers([2, 1, 5]), kink(vector(-2, -1, 0, 1, 2, 1e9, -1e9)));

/** Reductions, except over an empty axis, which a sum has and a maximum has not. */
const reduction = (f: (x: T.TensorLike, axes?: T.Axes, options?: T.ReduceOptions) => T.Tensor): Samples => [
  sample('all of [7, 13]', (x) => f(x), distinct([7, 13])),
  sample('axis 0 of [5, 3]', (x) => f(x, 0), distinct([5, 3])),
  sample('axes 0 and -1 of [3, 5, 7]', (x) => f(x, [0, -1]), distinct([3, 5, 7])),
  sample('middle axis of [3, 5, 7]', (x) => f(x, 1), distinct([3, 5, 7])),
  sample('kept axis of [2, 1, 9]', (x) => f(x, 2, { keepDims: true }), distinct([2, 1, 9])),
  sample('no element of [0, 4]', (x) => f(x, 1), empty([0, 4])),
  sample('an axis of 1000', (x) => f(x, 1), distinct([2, 1000])),
  sample('a matrix of 300 × 70 along its columns', (x) => f(x, 0), distinct([300, 70])),
  flat(sample('whole numbers', (x) => f(x, 0), integers([9, 4], -5, 5))),
  flat(sample('whole numbers above 0, all', (x) => f(x), integers([11], 3, 9))),
  flat(sample('whole numbers below 0, all', (x) => f(x), integers([300], -9, -3))),
  flat(sample('u32, all', (x) => f(x), integers([7], 3, 9, 'u32'))),
];

const recordOf = (name: OpName) => ops[name] as unknown as Op;
const call =
  (name: OpName, attrs: unknown): Sample['f'] =>
  (...inputs) =>
    apply(recordOf(name), inputs, attrs);

const span = { width: 3, stride: 1, dilation: 1 };
const leaps = { width: 3, stride: 2, dilation: 2 };

/** The convolution and its two adjoints share their geometries: what a call needs, and the shapes of x, w and y. */
const convolutions = {
  plain: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 7, width: 3 },
    x: [2, 7, 3],
    w: [5, 3, 3],
    y: [2, 5, 5],
  },
  strided: {
    attrs: { stride: 3, dilation: 1, groups: 1, length: 11, width: 2 },
    x: [1, 11, 2],
    w: [3, 2, 2],
    y: [1, 4, 3],
  },
  dilated: {
    attrs: { stride: 2, dilation: 3, groups: 1, length: 12, width: 3 },
    x: [2, 12, 1],
    w: [2, 1, 3],
    y: [2, 3, 2],
  },
  grouped: {
    attrs: { stride: 1, dilation: 2, groups: 2, length: 6, width: 2 },
    x: [2, 6, 4],
    w: [6, 2, 2],
    y: [2, 4, 6],
  },
  pointwise: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 4, width: 1 },
    x: [1, 4, 3],
    w: [2, 3, 1],
    y: [1, 4, 2],
  },
  empty: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 5, width: 3 },
    x: [0, 5, 2],
    w: [3, 2, 3],
    y: [0, 3, 3],
  },
} as const;

/** One of the three forms at every geometry; a and b are which of x, w and y it takes. */
function convolution(name: OpName, a: 'x' | 'y', b: 'w' | 'y'): Samples {
  const list = Object.entries(convolutions).map(([label, { attrs, ...shapes }]) =>
    sample(label, call(name, attrs), normal(shapes[a], a), normal(shapes[b], b)),
  );
  const [first, second, third, ...more] = list;
  return [first!, second!, third!, ...more];
}

/** A row for every op: the contracts make its tests. */
export const samples: Record<OpName, Samples> = {
  add: of(T.add, ...pairs(normal), wholePairs('i32'), wholePairs('u32')),
  sub: of(T.sub, ...pairs(normal), wholePairs('i32'), wholePairs('u32')),
  mul: of(T.mul, ...pairs(normal), wholePairs('i32'), wholePairs('u32')),
  div: of(T.div, ...pairs(positive), { inputs: [vector(1, 1e-30, 3e38), vector(3, 1e8, 7)], ends: true }),
  pow: of(
    T.pow,
    ...pairs(positive),
    { inputs: [vector(-2, -0.5, 3, -1.5), vector(3, 2, -2, 0)], wrt: [0] }, // below 0 only whole powers exist
    kink(vector(0, 0, 1, 1e10, 1e-10), vector(0, 2, 100, 3, 3)),
  ),
  maximum: of(
    T.maximum,
    [distinct([91]), scalar(0.02)],
    [distinct([2, 9]), distinct([9], 'y')].slice(0, 2),
    [empty([0, 4]), normal([4])],
    kink(vector(1, 2, 3), vector(1, 3, 2)),
    wholePairs('i32'),
  ),
  minimum: of(
    T.minimum,
    [distinct([91]), scalar(0.02)],
    [distinct([2, 9]), distinct([9], 'y')].slice(0, 2),
    [empty([0, 4]), normal([4])],
    kink(vector(1, 2, 3), vector(1, 3, 2)),
    wholePairs('u32'),
  ),

  equal: comparison(T.equal),
  notEqual: comparison(T.notEqual),
  less: comparison(T.less),
  lessEqual: comparison(T.lessEqual),
  greater: comparison(T.greater),
  greaterEqual: comparison(T.greaterEqual),
  logicalAnd: logical(T.logicalAnd),
  logicalOr: logical(T.logicalOr),
  logicalNot: of(T.logicalNot, bools([7, 13]), integersAsBools([0, 4]), bools([1, 3, 1])),
  isFinite: of(T.isFinite, vector(NaN, Infinity, -Infinity, 0, -0, 3.4e38, -1e-38, 1), empty([0, 4]), normal([7, 13])),

  neg: of(T.neg, normal([7, 13]), empty([0, 4]), normal([2, 1, 5]), integers([9], -4, 4)),
  abs: of(
    T.abs,
    betweenIntegers([7, 13]),
    empty([0, 4]),
    betweenIntegers([2, 1, 5]),
    integers([9], -4, 4),
    kink(vector(0, -0, -1e30)),
  ),
  sign: of(
    T.sign,
    betweenIntegers([7, 13]),
    empty([0, 4]),
    betweenIntegers([2, 1, 5]),
    integers([9], -4, 4),
    kink(vector(0, -1e-30, 1e30)),
  ),
  floor: step(T.floor),
  ceil: step(T.ceil),
  round: of(
    T.round,
    [{ ...betweenIntegers([7, 13]), data: betweenIntegers([7, 13]).data.map((x) => Math.fround(x + 0.5)) }],
    empty([0, 4]),
    kink(vector(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997, 8388609)),
  ),
  square: of(T.square, normal([7, 13]), empty([0, 4]), ends(-1e15, 1e-15, 3), integers([9], -4, 4)),
  reciprocal: of(T.reciprocal, positive([7, 13]), empty([0, 4]), steepEnds(-1e30, 1e-30, 3)),
  sqrt: of(T.sqrt, positive([7, 13]), empty([0, 4]), steepEnds(1e-30, 2, 1e30), kink(vector(0))),
  rsqrt: of(T.rsqrt, positive([7, 13]), empty([0, 4]), steepEnds(1e-30, 2, 1e30)),
  exp: of(T.exp, normal([7, 13]), empty([0, 4]), ends(-87, -10, -1e-3, 0, 1, 10, 88)),
  expm1: of(T.expm1, normal([7, 13]), empty([0, 4]), ends(-100, -1, -0.01, -1e-3, -1e-6, 1e-8, 0.009, 0.011, 1, 80)), // eˣ − 1 loses x near 0
  log: of(T.log, positive([7, 13]), empty([0, 4]), steepEnds(1e-37, 1e-3, 0.5, 2, 1e3, 3e38)),
  log1p: of(
    T.log1p,
    positive([7, 13]),
    empty([0, 4]),
    ends(-0.9, -0.5, -0.011, -1e-3, 1e-8, 1e-6, 0.009, 0.011, 1, 1e30),
  ), // log(1 + x) loses x near 0
  sin: of(T.sin, normal([7, 13]), empty([0, 4]), vector(-100, -3, 0, 1.5, 6, 100)),
  cos: of(T.cos, normal([7, 13]), empty([0, 4]), vector(-100, -3, 0, 1.5, 6, 100)),
  tanh: of(T.tanh, normal([7, 13]), empty([0, 4]), vector(-1e30, -100, -20, -9, 0.1, 9, 20, 100, 1e30)), // some drivers return NaN
  sigmoid: of(T.sigmoid, normal([7, 13]), empty([0, 4]), ends(-87, -80, -20, -1, 0, 1, 20, 100, 1e30)), // e⁸⁹ overflows
  relu: of(
    T.relu,
    betweenIntegers([7, 13]),
    empty([0, 4]),
    kink(vector(0, -0, -1e30, 1e30)),
    betweenIntegers([1, 3, 1]),
  ),
  softplus: of(T.softplus, normal([7, 13]), empty([0, 4]), ends(-80, -20, -1, 0, 1, 20, 100)), // log(1 + eˣ) is ∞ at 100 and 0 at −20

  where: of(
    T.where,
    [bools([7, 13]), normal([7, 13], 'x'), normal([7, 13], 'y')],
    [bools([3, 1]), normal([5]), normal([2, 1, 1])],
    [bools([4]), empty([0, 4]), scalar(3)],
    { inputs: [{ shape: [2], dtype: 'bool', data: [1, 0] }, vector(1, NaN), vector(Infinity, 2)], wrt: [] }, // a choice, not a product
    [bools([9]), integers([9], -4, 4), integers([1], -4, 4)],
  ),
  cast: [
    sample('floats to i32, towards zero', (x) => T.cast(x, 'i32'), vector(-2.7, -0.5, 0, 0.5, 2.7, 1e6)),
    sample('i32 to floats', (x) => T.cast(x, 'f32'), integers([7, 3], -9, 9)),
    sample('bools to floats', (x) => T.cast(x, 'f32'), bools([5, 1])),
    sample('bools to i32', (x) => T.cast(x, 'i32'), bools([13])),
    sample('floats to bools', (x) => T.cast(x, 'bool'), vector(0, -0, 1e-20, -3)),
    sample('i32 to u32', (x) => T.cast(x, 'u32'), integers([7], 0, 9)),
    sample('u32 to floats', (x) => T.cast(x, 'f32'), integers([7], 0, 9, 'u32')),
    sample('nothing', (x) => T.cast(x, 'i32'), empty([0, 4])),
  ],
  stopGradient: of(T.stopGradient, kink(normal([7, 13])), kink(empty([0, 4])), kink(normal([2, 1, 5]))),
  tap: of((x) => T.tap(x!, 'here'), normal([7, 13]), empty([0, 4]), normal([2, 1, 5])),
  copy: of(T.copy, normal([7, 13]), empty([0, 4]), integers([5], -4, 4), bools([3])),

  reshape: [
    sample('[3, 5] to [5, 3]', (x) => T.reshape(x, [5, 3]), normal([3, 5])),
    sample('[2, 3, 4] to [-1, 6] after a transpose', (x) => T.reshape(T.transpose(x), [-1, 6]), normal([2, 3, 4])),
    sample('[0, 4] to [2, 0]', (x) => T.reshape(x, [2, 0]), empty([0, 4])),
    sample('one element to [] ', (x) => T.reshape(x, []), normal([1, 1])),
    sample('[7, 6] to [2, 7, 3]', (x) => T.reshape(x, [2, 7, 3]), normal([7, 6])),
    flat(sample('bools', (x) => T.reshape(x, [3, 2]), bools([6]))),
  ],
  broadcastTo: [
    sample('a number', (x) => T.broadcastTo(x, [3, 5]), scalar(1.5)),
    sample('[3, 1] to [2, 3, 7]', (x) => T.broadcastTo(x, [2, 3, 7]), normal([3, 1])),
    sample('[1, 4] to [0, 4]', (x) => T.broadcastTo(x, [0, 4]), normal([1, 4])),
    flat(sample('whole numbers', (x) => T.broadcastTo(x, [3, 5]), integers([5], -4, 4))),
  ],
  permute: [
    sample('[3, 5, 7] by 2, 0, 1', (x) => T.permute(x, [2, 0, 1]), normal([3, 5, 7])),
    sample('[2, 3] by -1, 0', (x) => T.permute(x, [-1, 0]), normal([2, 3])),
    sample('[0, 4]', (x) => T.permute(x, [1, 0]), empty([0, 4])),
    sample('[2, 1, 3, 5] by 3, 1, 0, 2', (x) => T.permute(x, [3, 1, 0, 2]), normal([2, 1, 3, 5])),
    flat(sample('bools', (x) => T.permute(x, [1, 0]), bools([3, 5]))),
  ],
  slice: [
    sample('rows 1 to 3 of [7, 5]', (x) => T.slice(x, [1], [3]), normal([7, 5])),
    sample('from the end', (x) => T.slice(x, [-3, undefined], [undefined, -1]), normal([7, 5])),
    sample('every second', (x) => T.slice(x, [0, 1], [undefined, undefined], [2, 3]), normal([7, 11])),
    sample('backwards', (x) => T.slice(x, [undefined, 4], [undefined, 0], [-1, -2]), normal([3, 5])),
    sample('nothing', (x) => T.slice(x, [3], [3]), normal([7, 2])),
    sample('of nothing', (x) => T.slice(x, [0, 1], [undefined, 3]), empty([0, 4])),
    flat(sample('whole numbers', (x) => T.slice(x, [2], [undefined], [2]), integers([9], -4, 4))),
  ],
  pad: [
    sample('zeros around [3, 5]', (x) => T.pad(x, [[1, 2], [0, 3]]), normal([3, 5])), // prettier-ignore
    sample('a value', (x) => T.pad(x, [[2, 1]], { value: -7 }), normal([5])),
    sample('cropped', (x) => T.pad(x, [[-1, 2], [1, -2]]), normal([4, 5])), // prettier-ignore
    sample('spread', (x) => T.pad(x, [[1, 0], [0, 2]], { dilation: [2, 3] }), normal([3, 4])), // prettier-ignore
    sample('around nothing', (x) => T.pad(x, [[2, 1], [0, 0]]), empty([0, 4])), // prettier-ignore
    flat(sample('whole numbers', (x) => T.pad(x, [[1, 1]], { value: 3 }), integers([5], -4, 4))),
  ],
  flip: [
    sample('rows of [3, 5]', (x) => T.flip(x, 0), normal([3, 5])),
    sample('both axes of [7, 2]', (x) => T.flip(x, [0, -1]), normal([7, 2])),
    sample('nothing', (x) => T.flip(x, 1), empty([0, 4])),
    sample('the middle of [2, 3, 5]', (x) => T.flip(x, 1), normal([2, 3, 5])),
  ],
  concat: [
    sample('rows', (x, y, z) => T.concat([x, y, z]), normal([2, 5]), normal([1, 5]), normal([4, 5])),
    sample('columns', (x, y) => T.concat([x, y], -1), normal([3, 2, 1]), normal([3, 2, 6])),
    sample('nothing between', (x, y, z) => T.concat([x, y, z], 1), normal([3, 2]), empty([3, 0]), normal([3, 1])),
    sample('a tensor with itself', (x) => T.concat([x, x, x], 0), normal([3])),
    sample(
      'ten',
      (...list) => T.concat(list, 0),
      ...Array.from({ length: 10 }, (_, i) => normal([1 + (i % 3), 3], `${i}`)),
    ), // more than a shader's bindings
    flat(sample('whole numbers', (x, y) => T.concat([x, y]), integers([3], 0, 5), integers([4], 0, 5))),
  ],
  windows: [
    sample('overlapping', (x) => windows(x, span), normal([2, 7, 3])),
    sample('strided and dilated', (x) => windows(x, leaps), normal([1, 11, 2])),
    sample('no rows', (x) => windows(x, span), empty([0, 5, 2])),
    sample('apart', (x) => windows(x, { width: 2, stride: 3, dilation: 1 }), normal([2, 8, 1])),
  ],
  skew: [
    sample('overlapping', (y) => skew(y, { ...span, length: 7 }), normal([2, 5, 3, 2])),
    sample('strided and dilated', (y) => skew(y, { ...leaps, length: 11 }), normal([1, 4, 3, 2])),
    sample('no rows', (y) => skew(y, { ...span, length: 5 }), empty([0, 3, 3, 2])),
    sample('apart, with a rest', (y) => skew(y, { width: 2, stride: 3, dilation: 1, length: 9 }), normal([2, 3, 2, 1])),
  ],

  sum: [...reduction(T.sum), sample('over an empty axis is 0', (x) => T.sum(x, 0), empty([0, 4]))],
  max: [
    ...reduction(T.max),
    flat(
      sample('ties and infinities', (x) => T.max(x, 1), {
        ...vector(1, 1, -Infinity, -Infinity, 2, Infinity),
        shape: [3, 2],
      }),
    ),
  ],
  min: [
    ...reduction(T.min),
    flat(
      sample('ties and infinities', (x) => T.min(x, 1), {
        ...vector(1, 1, Infinity, Infinity, 2, -Infinity),
        shape: [3, 2],
      }),
    ),
  ],
  cumsum: [
    sample('rows of [3, 7]', (x) => T.cumsum(x), normal([3, 7])),
    sample('columns of [5, 3]', (x) => T.cumsum(x, 0), normal([5, 3])),
    sample('nothing', (x) => T.cumsum(x), empty([0, 4])),
    sample('empty rows', (x) => T.cumsum(x), empty([4, 0])),
    sample('over blocks', (x) => T.cumsum(x, 0), normal([600, 2])),
    sample('a whole block', (x) => T.cumsum(x), normal([256])),
    sample('over blocks, read backwards', (x) => T.flip(T.cumsum(x), 0), normal([600])),
  ],

  contract: [
    sample(
      '[3, 5] with [5, 7]',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      normal([3, 5]),
      normal([5, 7]),
    ),
    sample(
      'both transposed',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[0], [1]] }),
      normal([5, 3]),
      normal([7, 5]),
    ),
    sample(
      'batched in the middle',
      (a, b) => T.contractGeneral(a, b, { batch: [[1], [0]], contract: [[2], [2]] }),
      normal([3, 2, 5]),
      normal([2, 4, 5]),
    ),
    sample(
      'over two axes',
      (a, b) =>
        T.contractGeneral(a, b, {
          batch: [[0], [2]],
          contract: [
            [3, 1],
            [0, 1],
          ],
        }),
      normal([2, 3, 4, 5]),
      normal([5, 3, 2]),
    ),
    sample(
      'outer product',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[], []] }),
      normal([3]),
      normal([2, 5]),
    ),
    sample(
      'over nothing',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      empty([3, 0]),
      empty([0, 5]),
    ),
    sample(
      'of nothing',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      empty([0, 3]),
      normal([3, 5]),
    ),
    sample(
      'past a tile',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [1]] }),
      normal([67, 33]),
      normal([70, 33]),
    ),
  ],
  conv1d: convolution('conv1d', 'x', 'w'),
  conv1dInputGradient: convolution('conv1dInputGradient', 'y', 'w'),
  conv1dWeightGradient: convolution('conv1dWeightGradient', 'x', 'y'),

  take: [
    sample('rows, some twice', (x, i) => T.take(x, i), normal([5, 3]), indices([2, 3], 0, 4, 4, 2, 0, 1)),
    sample('elements', (x, i) => T.take(x, i), normal([7]), indices([4], 6, 0, 3, 3)),
    sample('no index', (x, i) => T.take(x, i), normal([5, 3]), indices([0])),
    sample('rows of nothing', (x, i) => T.take(x, i), empty([5, 0]), indices([2], 1, 4)),
    sample('out of range is held within', (x, i) => T.take(x, i), normal([3, 2]), indices([4], -7, -1, 3, 99)),
    sample('u32', (x, i) => T.take(x, i), normal([5, 3]), integers([7], 0, 4, 'u32')),
    flat(sample('whole numbers', (x, i) => T.take(x, i), integers([5], -9, 9), indices([3], 4, 0, 4))),
  ],
  scatterAdd: [
    sample(
      'rows, some twice, some never',
      (x, i) => T.scatterAdd(x, i, 5),
      normal([2, 3, 2]),
      indices([2, 3], 0, 4, 4, 2, 0, 4),
    ),
    sample('elements', (x, i) => T.scatterAdd(x, i, 3), normal([7]), integers([7], 0, 2)),
    sample('nothing', (x, i) => T.scatterAdd(x, i, 3), empty([0, 2]), indices([0])),
    sample('out of range is held within', (x, i) => T.scatterAdd(x, i, 3), normal([4, 2]), indices([4], -7, -1, 3, 99)),
    sample('300 rows to 7', (x, i) => T.scatterAdd(x, i, 7), normal([300, 2]), integers([300], 0, 6)),
  ],
  segmentSum: [
    sample(
      'rows, some twice, some never',
      call('segmentSum', { rows: 4, index: [3] }),
      normal([3, 2]),
      indices([3], 2, 0, 2),
      indices([3], 1, 0, 2),
    ),
    sample(
      'elements',
      call('segmentSum', { rows: 2, index: [5] }),
      normal([5]),
      indices([5], 1, 1, 0, 1, 0),
      indices([5], 2, 4, 0, 1, 3),
    ),
    sample('nothing', call('segmentSum', { rows: 2, index: [0] }), empty([0, 3]), indices([0]), indices([0])),
  ].map(flat) as unknown as Samples,
  argsort: [
    sample('rows of [3, 7]', (x) => T.argsort(x), distinct([3, 7])),
    sample('columns of [5, 2]', (x) => T.argsort(x, 0), distinct([5, 2])),
    sample('nothing', (x) => T.argsort(x), empty([0, 4])),
    sample('empty rows', (x) => T.argsort(x), empty([4, 0])),
    sample('single elements', (x) => T.argsort(x), normal([3, 1])),
    sample('ties keep their order', (x) => T.argsort(x), vector(2, 1, 2, 1, 0, 1, -0)),
    sample('infinities, NaN last', (x) => T.argsort(x), vector(3, NaN, -Infinity, Infinity, NaN, 3e38, -1)),
    sample('300 elements', (x) => T.argsort(x), normal([2, 300])),
  ],
  arange: [
    sample('7', (x) => T.add(T.arange(7, x.dtype), x), normal([7])),
    sample('0', (x) => T.add(T.arange(0, x.dtype), x), normal([0])),
    sample('i32', (x) => T.add(T.arange(5, 'i32'), x), integers([3, 1], -4, 4)),
    sample('u32', (x) => T.add(T.arange(5, 'u32'), x), integers([3, 1], 0, 4, 'u32')),
  ],
  randomBits: [
    sample('[7, 13]', (x) => bitsBeside(x, [7, 13]), integers([], 0, 0, 'u32')),
    sample('nothing', (x) => bitsBeside(x, [0, 4]), integers([], 0, 0, 'u32')),
    sample('one', (x) => bitsBeside(x, []), integers([], 0, 0, 'u32')),
  ],
  uniformFromBits: of(
    call('uniformFromBits', undefined),
    bitsOf(0, 255, 256, 2 ** 31, 2 ** 32 - 1),
    integers([0], 0, 1, 'u32'),
    integers([7, 3], 0, 2 ** 32 - 1, 'u32'),
  ),
  normalFromBits: of(
    call('normalFromBits', undefined),
    bitsOf(0, 255, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 24, 2 ** 23),
    integers([0], 0, 1, 'u32'),
    integers([7, 3], 0, 2 ** 32 - 1, 'u32'),
  ),
};

/** A draw on the device of x. */
function bitsBeside(x: T.Tensor, shape: T.Shape): T.Tensor {
  return T.add(T.randomBits(new T.Rng(7), shape), x);
}

function bitsOf(...data: number[]): Values {
  return { shape: [data.length], dtype: 'u32', data };
}

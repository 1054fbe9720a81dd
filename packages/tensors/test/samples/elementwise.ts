import * as T from '../../src/index';
import type { OpName } from '../../src/ops';
import {
  betweenIntegers,
  bools,
  distinct,
  empty,
  ends,
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
  truths,
  type Values,
  vector,
} from './values';

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
  of(f, [bools([7, 13], 'x'), bools([7, 13], 'y')], [bools([3, 1]), bools([5])], [truths([0, 4]), bools([4])]);

const step = (f: Sample['f']): Samples =>
  of(f, betweenIntegers([7, 13]), empty([0, 4]), betweenIntegers([2, 1, 5]), kink(vector(-2, -1, 0, 1, 2, 1e9, -1e9)));

/** What is computed place by place: with numbers at which the obvious form fails. */
export const elementwise = {
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
  logicalNot: of(T.logicalNot, bools([7, 13]), truths([0, 4]), bools([1, 3, 1])),
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
    { inputs: [truths([2], 1, 0), vector(1, NaN), vector(Infinity, 2)], wrt: [] }, // a choice, not a product
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
} satisfies Partial<Record<OpName, Samples>>;

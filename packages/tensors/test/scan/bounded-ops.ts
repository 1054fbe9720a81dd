import {
  abs,
  add,
  arange,
  cast,
  ceil,
  cos,
  div,
  equal,
  exp,
  expm1,
  floor,
  greater,
  greaterEqual,
  isFinite,
  less,
  lessEqual,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  logSumExp,
  max,
  maximum,
  mean,
  min,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  reciprocal,
  relu,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  type Tensor,
} from '../../src/index';

/*
 * All ops that a cell may use, from numbers in [−1, 1] to numbers in [−1, 1]. `side` is ±1 and exact in every precision: it
 * decides on which side of a kink, a jump or a comparison a number lies, at a distance that no rounding bridges.
 */

/** 0.6 to 1.4 away from 0. */
const aside = (x: Tensor, side: Tensor): Tensor => add(mul(x, 0.4), side);

/** 0.5 to 2.1, and so clear of poles. */
const positive = (x: Tensor): Tensor => add(mul(x, 0.8), 1.3);

/** In the middle between two whole numbers, up to 0.4 to either side. */
const between = (x: Tensor, side: Tensor): Tensor => add(aside(x, side), 0.5);

type OfOne = (x: Tensor, side: Tensor) => Tensor;
type OfTwo = (x: Tensor, y: Tensor, side: Tensor) => Tensor;

/** Of one number. */
export const unaryOps: readonly OfOne[] = [
  neg,
  tanh,
  sigmoid,
  sin,
  cos,
  square,
  (x) => mul(exp(x), 0.36),
  (x) => mul(expm1(x), 0.5),
  (x) => log(positive(x)),
  (x) => mul(log1p(positive(x)), 0.8),
  (x) => mul(sqrt(positive(x)), 0.6),
  (x) => mul(rsqrt(positive(x)), 0.7),
  (x) => mul(reciprocal(positive(x)), 0.5),
  (x) => mul(softplus(x), 0.7),
  (x, side) => mul(relu(aside(x, side)), 0.7),
  (x, side) => mul(abs(aside(x, side)), 0.7),
  (x, side) => sign(aside(x, side)),
  (x, side) => round(aside(x, side)),
  (x, side) => mul(floor(between(x, side)), 0.5),
  (x, side) => mul(ceil(between(x, side)), 0.5),
  (x, side) => mul(cast(cast(add(between(x, side), 2), 'i32'), x.dtype), 0.3),
];

/** Of two numbers. */
export const binaryOps: readonly OfTwo[] = [
  mul,
  (x, y) => mul(add(x, y), 0.5),
  (x, y) => mul(sub(x, y), 0.5),
  (x, y) => mul(div(x, positive(y)), 0.5),
  (x, y) => mul(pow(positive(x), y), 0.45),
  (x, y, side) => mul(maximum(aside(x, side), mul(y, 0.4)), 0.7),
  (x, y, side) => mul(minimum(aside(x, side), mul(y, 0.4)), 0.7),
];

/** Truth values of two numbers. */
export const comparisons: readonly OfTwo[] = [
  ...[less, lessEqual, greater, greaterEqual].map(
    (compare): OfTwo =>
      (x, y, side) =>
        compare(aside(x, side), mul(y, 0.4)),
  ),
  (x, _, side) => equal(sign(aside(x, side)), 1),
  (x, _, side) => notEqual(sign(aside(x, side)), 1),
  (x) => isFinite(x),
];

/** Truth values of two truth values. */
export const connectives: readonly OfTwo[] = [logicalAnd, logicalOr, (x, y) => logicalNot(logicalAnd(x, y))];

/** Numbers at least 0.2 apart from each other, of which `side` says the order. */
const apart = (x: Tensor, side: Tensor): Tensor => add(mul(x, 0.4), mul(side, add(arange(x.shape[1], x.dtype), 1)));

/** From all features to one. */
export const foldOps: readonly OfOne[] = [
  (x) => mul(sum(x, -1, { keepDims: true }), 1 / x.shape[1]),
  (x) => mean(x, -1, { keepDims: true }),
  (x) => mul(logSumExp(x, -1, { keepDims: true }), 1 / (1 + Math.log(x.shape[1]))),
  (x, side) => mul(max(apart(x, side), -1, { keepDims: true }), 1 / (x.shape[1] + 0.4)),
  (x, side) => mul(min(apart(x, side), -1, { keepDims: true }), 1 / (x.shape[1] + 0.4)),
];

/** Of all features together. */
export const vectorOps: readonly OfOne[] = [(x) => softmax(mul(x, 2))];

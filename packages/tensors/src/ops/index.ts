import { argsort } from './argsort';
import { broadcastTo, sum } from './broadcast';
import { contractGeneral } from './contract';
import { conv1d } from './conv';
import { cumsum } from './cumsum';
import * as elementwise from './elementwise';
import { scatterAdd, take } from './gather';
import { arange } from './generate';
import { concat } from './join';
import { flip, pad, permute, slice } from './movement';
import { normal, randomBits, uniform } from './random';
import { max, min } from './reduce';
import { reshape } from './reshape';
import { skew, windows } from './windows';

const {
  add,
  sub,
  mul,
  div,
  pow,
  maximum,
  minimum,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  logicalAnd,
  logicalOr,
  logicalNot,
  isFinite,
} = elementwise;
const {
  neg,
  abs,
  sign,
  floor,
  ceil,
  round,
  square,
  reciprocal,
  sqrt,
  rsqrt,
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  tanh,
  sigmoid,
  relu,
  softplus,
} = elementwise;
const { where, cast, stopGradient, tap, copy } = elementwise;

/** Every op record by name: the registry that the contracts walk, a row of samples for each. */
export const ops = {
  ...{ add: add.op, sub: sub.op, mul: mul.op, div: div.op, pow: pow.op, maximum: maximum.op, minimum: minimum.op },
  ...{
    equal: equal.op,
    notEqual: notEqual.op,
    less: less.op,
    lessEqual: lessEqual.op,
    greater: greater.op,
    greaterEqual: greaterEqual.op,
  },
  ...{ logicalAnd: logicalAnd.op, logicalOr: logicalOr.op, logicalNot: logicalNot.op, isFinite: isFinite.op },
  ...{
    neg: neg.op,
    abs: abs.op,
    sign: sign.op,
    floor: floor.op,
    ceil: ceil.op,
    round: round.op,
    square: square.op,
    reciprocal: reciprocal.op,
  },
  ...{
    sqrt: sqrt.op,
    rsqrt: rsqrt.op,
    exp: exp.op,
    expm1: expm1.op,
    log: log.op,
    log1p: log1p.op,
    sin: sin.op,
    cos: cos.op,
  },
  ...{ tanh: tanh.op, sigmoid: sigmoid.op, relu: relu.op, softplus: softplus.op },
  ...{ where: where.op, cast: cast.op, stopGradient: stopGradient.op, tap: tap.op, copy: copy.op },
  ...{
    reshape: reshape.op,
    broadcastTo: broadcastTo.op,
    permute: permute.op,
    slice: slice.op,
    pad: pad.op,
    flip: flip.op,
    concat: concat.op,
  },
  ...{ windows: windows.op, skew: skew.op, sum: sum.op, max: max.op, min: min.op, cumsum: cumsum.op },
  ...{
    contract: contractGeneral.op,
    conv1d: conv1d.op,
    conv1dInputGradient: conv1d.inputGradient,
    conv1dWeightGradient: conv1d.weightGradient,
  },
  ...{ take: take.op, scatterAdd: scatterAdd.op, segmentSum: scatterAdd.segments, argsort: argsort.op },
  ...{ arange: arange.op, randomBits: randomBits.op, uniformFromBits: uniform.op, normalFromBits: normal.op },
} as const;

/** The name of an op, as rules and error messages give it. */
export type OpName = keyof typeof ops;

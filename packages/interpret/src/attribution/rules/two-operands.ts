import {
  add,
  cast,
  div,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  mul,
  notEqual,
  pow,
  type Rule,
  sub,
  type Tensor,
  where,
} from '@hairpin/tensors';
import { quotient } from './rescale';
import { sumTo } from './shapes';

/**
 * Products of two: each factor's share is its change times the mean of the other factor at input and baseline, which is what
 * the usual gradient says half-way between the two. Δ(xy) = ½(y + y₀)Δx + ½(x + x₀)Δy, and so for matrices and convolutions.
 */
export const halfway: Rule = (dy, { inputs, baseline, usual }) =>
  usual(
    dy,
    inputs.map((x, i) => (x === baseline!.inputs[i] ? x : mul(add(x, baseline!.inputs[i]), 0.5))),
  );

/** Ops that are linear in each of two operands. */
export const productOps = ['mul', 'contract', 'conv1d', 'conv1dInputGradient', 'conv1dWeightGradient'];

type Binary = (x: Tensor, y: Tensor) => Tensor;

/** Other ops of two numbers, among them the steps that comparisons are. */
export const binaryOps: Readonly<Record<string, Binary>> = {
  ...{ div, pow, maximum, minimum },
  ...{ equal, notEqual, less, lessEqual, greater, greaterEqual },
};

/**
 * Any op of two numbers: the effect of moving one operand, averaged over the other one standing at the baseline and at the input
 * (the Shapley value of a game of two), over how far it moved.
 */
export function sharesOfTwo(f: Binary, epsilon: number): Rule {
  return (dz, { inputs: [x, y], baseline, usual }) => {
    if (!x.dtype.startsWith('f')) return [undefined, undefined]; // whole numbers carry no share
    const [x0, y0] = baseline!.inputs;
    const value = (a: Tensor, b: Tensor) => cast(f(a, b), dz.dtype);
    const both = sub(value(x, y), value(x0, y0));
    const across = sub(value(x, y0), value(x0, y));
    const still = usual(dz);
    const share = (sign: 1 | -1, a: Tensor, a0: Tensor, i: number) => {
      const change = mul(dz, mul(sign === 1 ? add(both, across) : sub(both, across), 0.5));
      const otherwise = still[i] ?? mul(sumTo(dz, a.shape), 0);
      return quotient(sumTo(change, a.shape), a, a0, otherwise, epsilon);
    };
    return [share(1, x, x0, 0), share(-1, y, y0, 1)];
  };
}

const isTrue = (condition: Tensor, dz: Tensor): Tensor => cast(condition, dz.dtype);

/** Both of two bools is their product; not both not is either. */
export const logicRules: Readonly<Record<string, Rule>> = {
  logicalAnd: (dz, { inputs: [x, y], baseline }) => {
    const [x0, y0] = baseline!.inputs;
    const half = (a: Tensor, a0: Tensor) => mul(add(isTrue(a, dz), isTrue(a0, dz)), 0.5);
    return [sumTo(mul(dz, half(y, y0)), x.shape), sumTo(mul(dz, half(x, x0)), y.shape)];
  },
  logicalOr: (dz, { inputs: [x, y], baseline }) => {
    const [x0, y0] = baseline!.inputs;
    const half = (a: Tensor, a0: Tensor) => sub(1, mul(add(isTrue(a, dz), isTrue(a0, dz)), 0.5));
    return [sumTo(mul(dz, half(y, y0)), x.shape), sumTo(mul(dz, half(x, x0)), y.shape)];
  },
  logicalNot: (dz) => [mul(dz, -1)],
};

/**
 * A choice c·x + (1 − c)·y, whose condition counts as a number too: where input and baseline choose differently, a part of the change
 * is due to what the condition was made of.
 */
export const choice: Rule = (dz, { inputs: [condition, x, y], baseline }) => {
  const [other, x0, y0] = baseline!.inputs;
  const isSame = equal(condition, other);
  const half = mul(dz, 0.5);
  const dx = where(isSame, where(condition, dz, 0), half);
  const dy = where(isSame, where(condition, 0, dz), half);
  const gap = add(sub(x, y), sub(x0, y0));
  const dCondition = where(isSame, 0, mul(half, gap));
  return [sumTo(dCondition, condition.shape), sumTo(dx, x.shape), sumTo(dy, y.shape)];
};

/** Bools that become numbers let their share through. */
export const castRule: Rule = (dy, { inputs: [x], usual }) => (x.dtype === 'bool' ? [dy] : usual(dy));

import {
  add,
  equal,
  greater,
  type GraphStep,
  mul,
  neg,
  reciprocal,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@hairpin/tensors';
import { sumTo } from '../rules/shapes';
import type { Handler } from './handler';
import { above, below, changeOf, type Multipliers, type Parts } from './parts';

const only = (parts: readonly (Parts | undefined)[]): number => parts.findIndex((p) => p !== undefined);
const bases = (step: GraphStep, parts: readonly (Parts | undefined)[]): Tensor[] =>
  step.inputs.map((input, i) => parts[i]?.base ?? input);

/** One multiplier for a change upwards, one for a change downwards, and between them where there is no change as a whole. */
function bySign(change: Tensor, up: Tensor, down: Tensor): Multipliers {
  const still = mul(add(up, down), 0.5);
  const m = where(equal(change, 0), still, where(greater(change, 0), up, down));
  return { plus: m, minus: m };
}

/** Views and copies: each element goes where it goes, and so do its parts. */
export const moved: Handler = {
  forward: (step, parts) => {
    const of = (pick: (p: Parts) => Tensor) =>
      step.again(step.inputs.map((input, i) => (parts[i] ? pick(parts[i]) : zerosLike(input))));
    const nothing = of((p) => zerosLike(p.base)); // a padding that is not 0
    return {
      base: step.again(bases(step, parts)),
      plus: sub(of((p) => p.plus), nothing), // prettier-ignore
      minus: sub(of((p) => p.minus), nothing), // prettier-ignore
    };
  },
  backward: (m, step, parts) => {
    const [plus, minus] = [step.vjp(m.plus), step.vjp(m.minus)];
    return parts.map((p, i) => p && { plus: plus[i]!, minus: minus[i]! });
  },
};

/** Sums of elements: raised by those that rise, lowered by those that fall (Shrikumar et al. 2017, the Linear rule with weights 1). */
export const summed: Handler = {
  forward: (step, parts) => {
    const of = (side: (t: Tensor) => Tensor) => step.again([side(changeOf(parts[0]!))]);
    return { base: step.again([parts[0]!.base]), plus: of(above), minus: of(below) };
  },
  backward: (m, step, parts) => [bySign(changeOf(parts[0]!), step.vjp(m.plus)[0]!, step.vjp(m.minus)[0]!)],
};

/** x + y and x − y. */
export function plusOrMinus(sign: 1 | -1): Handler {
  const signed = (t: Tensor, i: number) => (i === 1 && sign === -1 ? neg(t) : t);
  const swapped = (p: Parts, i: number): Parts =>
    i === 1 && sign === -1 ? { ...p, plus: neg(p.minus), minus: neg(p.plus) } : p;
  return {
    forward: (step, parts) => {
      const base = step.again(bases(step, parts));
      const nothing = zerosLike(base);
      if (parts[0] && parts[1]) {
        const of = (side: (t: Tensor) => Tensor) =>
          add(side(changeOf(parts[0]!)), side(signed(changeOf(parts[1]!), 1)));
        return { base, plus: of(above), minus: of(below) };
      }
      const i = only(parts);
      const { plus, minus } = swapped(parts[i]!, i);
      return { base, plus: add(nothing, plus), minus: add(nothing, minus) }; // repeated as the sum is
    },
    backward: (m, _step, parts) => {
      const isBoth = parts[0] !== undefined && parts[1] !== undefined;
      return parts.map((p, i) => {
        if (!p) return undefined;
        const [plus, minus] = [m.plus, m.minus].map((t) => sumTo(signed(t, i), p.base.shape));
        if (isBoth) {
          const change = signed(changeOf(p), i);
          return bySign(change, plus, minus);
        }
        return i === 1 && sign === -1 ? { plus: minus, minus: plus } : { plus, minus };
      });
    },
  };
}

/** Multiplied by what is constant: a negative factor swaps the parts. */
function scaledBy(factorOf: (step: GraphStep, i: number) => Tensor): Handler {
  return {
    forward: (step, parts) => {
      const i = only(parts);
      const factor = factorOf(step, i);
      const { plus, minus } = parts[i]!;
      const of = (a: Tensor, b: Tensor) => add(mul(above(factor), a), mul(below(factor), b));
      return { base: step.again(bases(step, parts)), plus: of(plus, minus), minus: of(minus, plus) };
    },
    backward: (m, step, parts) => {
      const i = only(parts);
      const factor = factorOf(step, i);
      const of = (a: Tensor, b: Tensor) =>
        sumTo(add(mul(above(factor), a), mul(below(factor), b)), parts[i]!.base.shape);
      return parts.map((p) => p && { plus: of(m.plus, m.minus), minus: of(m.minus, m.plus) });
    },
  };
}

/** x · constant. */
export const scaled = scaledBy((step, i) => step.inputs[1 - i]);

/** x / constant. */
export const divided = scaledBy((step) => reciprocal(step.inputs[1]));

/** −x. */
export const negated = scaledBy((step) => add(zerosLike(step.inputs[0]), -1));

/** Products with constant weights: positive weights hand a rise on as a rise, negative ones as a fall (the Linear rule). */
export const weighted: Handler = {
  forward: (step, parts) => {
    const i = only(parts);
    const change = changeOf(parts[i]!);
    const product = (x: Tensor, side: (t: Tensor) => Tensor) =>
      step.again(step.inputs.map((input, k) => (k === i ? x : side(input))));
    return {
      base: step.again(bases(step, parts)),
      plus: add(product(above(change), above), product(below(change), below)),
      minus: add(product(above(change), below), product(below(change), above)),
    };
  },
  backward: (m, step, parts) => {
    const i = only(parts);
    const back = (d: Tensor, side: (t: Tensor) => Tensor) =>
      step.vjp(
        d,
        step.inputs.map((input, k) => (k === i ? input : side(input))),
      )[i]!;
    const up = add(back(m.plus, above), back(m.minus, below));
    const down = add(back(m.plus, below), back(m.minus, above));
    return parts.map((p) => p && bySign(changeOf(p), up, down));
  },
};

/** A choice by a condition that is the same for input and baseline. */
export const chosen: Handler = {
  forward: (step, parts) => {
    const of = (pick: (p: Parts) => Tensor) =>
      step.again(step.inputs.map((input, i) => (i === 0 ? input : parts[i] ? pick(parts[i]) : zerosLike(input))));
    return { base: step.again(bases(step, parts)), plus: of((p) => p.plus), minus: of((p) => p.minus) };
  },
  backward: moved.backward,
};

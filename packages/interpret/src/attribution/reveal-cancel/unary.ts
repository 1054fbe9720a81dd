import {
  abs,
  add,
  div,
  greater,
  type GraphStep,
  maximum,
  mul,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@hairpin/tensors';
import { extremes } from '../rules/extremes';
import type { Handler } from './handler';
import { above, below, changeOf, inputOf, type Parts } from './parts';

/** change / by, or the derivative at the baseline where that is no more than rounding of the baseline. */
function ratio(change: Tensor, by: Tensor, step: GraphStep, { base }: Parts, epsilon: number): Tensor {
  const isMoved = greater(abs(by), mul(maximum(abs(base), abs(by)), epsilon));
  const derivative = step.vjp(add(zerosLike(base), 1), [base])[0] ?? zerosLike(base);
  return where(isMoved, div(change, where(isMoved, by, 1)), derivative);
}

/** Rescale: both parts by Δy / Δx. */
export function rescaled(epsilon: number): Handler {
  const slopeOf = (step: GraphStep, p: Parts) =>
    ratio(sub(step.again([inputOf(p)]), step.again([p.base])), changeOf(p), step, p, epsilon);
  return {
    forward: (step, [p]) => {
      const slope = slopeOf(step, p!);
      return { base: step.again([p!.base]), plus: mul(slope, p!.plus), minus: mul(slope, p!.minus) };
    },
    backward: (m, step, [p]) => {
      const slope = slopeOf(step, p!);
      return [{ plus: mul(m.plus, slope), minus: mul(m.minus, slope) }];
    },
  };
}

/**
 * RevealCancel (Shrikumar et al. 2017, section 3.5.3): what the rise does, averaged over doing it before and after the fall, and the
 * other way round.
 */
export const revealed = (epsilon: number): Handler => ({
  forward: (step, [p]) => {
    const { base, plus, minus } = p!;
    const f = (t: Tensor) => step.again([t]);
    const [start, raised, lowered, end] = [f(base), f(add(base, plus)), f(add(base, minus)), f(inputOf(p!))];
    const half = (a: Tensor, b: Tensor) => mul(add(a, b), 0.5);
    return {
      base: start,
      plus: half(sub(raised, start), sub(end, lowered)),
      minus: half(sub(lowered, start), sub(end, raised)),
    };
  },
  backward: (m, step, [p], output) => [
    {
      plus: mul(m.plus, ratio(output.plus, p!.plus, step, p!, epsilon)),
      minus: mul(m.minus, ratio(output.minus, p!.minus, step, p!, epsilon)),
    },
  ],
});

/** The largest or smallest of many: its whole change is a rise or a fall, and belongs to the elements that made it. */
export function extreme(name: 'max' | 'min', epsilon: number): Handler {
  const rule = extremes(epsilon)[name];
  return {
    forward: (step, [p]) => {
      const base = step.again([p!.base]);
      const change = sub(step.again([inputOf(p!)]), base);
      return { base, plus: above(change), minus: below(change) };
    },
    backward: (m, step, [p], output) => {
      const change = changeOf(output);
      const inputs = [inputOf(p!)];
      const found = rule(where(greater(change, 0), m.plus, m.minus), {
        ...{ inputs, output: step.again(inputs), attrs: step.attrs },
        baseline: { inputs: [p!.base], output: output.base },
        usual: (dy) => step.vjp(dy, inputs),
      })[0]!;
      return [{ plus: found, minus: found }];
    },
  };
}

import type { Rule } from '@hairpin/tensors';
import { extremes } from './extremes';
import { rescale, unaryOps } from './rescale';
import { softmaxRules } from './softmax';
import { binaryOps, castRule, choice, halfway, logicRules, productOps, sharesOfTwo } from './two-operands';

/** Where differences count as none unless said: about eight roundings of f32. */
export const EPSILON = 1e-6;

/**
 * DeepLIFT's backward rules by op name, for `grad(f, { rules, baseline })`: Rescale for ops of one number, half of a product's change to
 * either factor, the linear ops as they are (Shrikumar, Greenside & Kundaje 2017). They add up to f(x) − f(x₀) for every model made of
 * these ops, inside loops too. Between numbers that differ by less than `epsilon` times the larger one the derivative stands.
 */
export function deepLiftRules(epsilon: number = EPSILON): Readonly<Record<string, Rule>> {
  const all = (names: readonly string[], rule: Rule) => Object.fromEntries(names.map((name) => [name, rule]));
  const ofTwo = Object.entries(binaryOps).map(([name, f]) => [name, sharesOfTwo(f, epsilon)] as const);
  return {
    ...all(unaryOps, rescale(epsilon)),
    ...all(productOps, halfway),
    ...Object.fromEntries(ofTwo),
    ...logicRules,
    ...extremes(epsilon),
    ...softmaxRules(epsilon),
    where: choice,
    cast: castRule,
    stopGradient: (dy) => [dy], // a matter of training
    customGradient: (dy) => [dy], // what the value was made of explains it, whatever its gradient is worked out from
  };
}

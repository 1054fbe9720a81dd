import {
  add,
  copy,
  cutAt,
  equal,
  greater,
  type GraphStep,
  mul,
  onesLike,
  stepsBetween,
  sub,
  type Tensor,
  UnsupportedRule,
  where,
  zerosLike,
} from '@hairpin/tensors';
import { unaryOps } from '../rules/rescale';
import type { Handler } from './handler';
import { chosen, divided, moved, negated, plusOrMinus, scaled, summed, weighted } from './linear';
import { above, below, type Multipliers, type Parts } from './parts';
import { extreme, rescaled, revealed } from './unary';

/** Which ops of one number take RevealCancel; the others take Rescale. */
export interface RevealCancelChoice {
  /** Names of ops, such as `relu`; all of one number unless said. */
  readonly ops?: readonly string[];
  /** Only those between the tap of this name and the output: in genomics the dense layers, behind the convolutions. */
  readonly below?: string;
}

const views = [
  ...['reshape', 'permute', 'slice', 'pad', 'flip', 'concat', 'broadcastTo', 'windows', 'skew'],
  ...['tap', 'copy', 'cast'],
];

/** The slope of each row by a pass of its own: forward with rises and falls apart, then back with a multiplier for either. */
export function revealCancelSlope({ ops = unaryOps, below: tap }: RevealCancelChoice, epsilon: number) {
  const unknown = ops.find((name) => !unaryOps.includes(name));
  if (unknown !== undefined)
    throw new UnsupportedRule(`revealCancel: '${unknown}' is no op of one number; choose among ${unaryOps.join(', ')}`);
  return (f: (x: Tensor) => Tensor, x: Tensor, reference: Tensor): Tensor => {
    const own = copy(x);
    const output = f(own);
    const steps = stepsBetween(own, output);
    const behind =
      tap === undefined ? undefined : new Set(stepsBetween(cutAt(output, tap).at, output).map((s) => s.output));
    const handlerOf = (step: GraphStep): Handler => {
      const isChosen = ops.includes(step.name) && (behind === undefined || behind.has(step.output));
      return isChosen ? revealed(epsilon) : handler(step, epsilon);
    };
    const parts = new Map<Tensor, Parts>();
    const change = sub(x, reference);
    parts.set(own, { base: reference, plus: above(change), minus: below(change) });
    const inputsOf = (step: GraphStep) => step.inputs.map((input) => parts.get(input));
    for (const step of steps) {
      checkWay(step, inputsOf(step));
      parts.set(step.output, handlerOf(step).forward(step, inputsOf(step)));
    }
    const found = back(steps, handlerOf, parts, output).get(own);
    if (!found) return zerosLike(x);
    const still = mul(add(found.plus, found.minus), 0.5);
    return where(equal(change, 0), still, where(greater(change, 0), found.plus, found.minus));
  };
}

/** Multipliers of every node on the way, from the output back. */
function back(
  steps: readonly GraphStep[],
  handlerOf: (step: GraphStep) => Handler,
  parts: ReadonlyMap<Tensor, Parts>,
  output: Tensor,
): Map<Tensor, Multipliers> {
  const all = new Map<Tensor, Multipliers>([[output, { plus: onesLike(output), minus: onesLike(output) }]]);
  for (const step of [...steps].reverse()) {
    const m = all.get(step.output);
    if (!m) continue;
    const inputs = step.inputs.map((input) => parts.get(input));
    const found = handlerOf(step).backward(m, step, inputs, parts.get(step.output)!);
    step.inputs.forEach((input, i) => {
      const [one, soFar] = [found[i], all.get(input)];
      if (!one) return;
      all.set(input, soFar ? { plus: add(soFar.plus, one.plus), minus: add(soFar.minus, one.minus) } : one);
    });
  }
  return all;
}

/** Ops of the way on its own, however many operands lie on it. */
function handler(step: GraphStep, epsilon: number): Handler {
  const { name } = step;
  if (views.includes(name)) return moved;
  if (unaryOps.includes(name)) return rescaled(epsilon);
  const known: Readonly<Record<string, Handler>> = {
    add: plusOrMinus(1),
    sub: plusOrMinus(-1),
    neg: negated,
    mul: scaled,
    div: divided,
    sum: summed,
    contract: weighted,
    conv1d: weighted,
    where: chosen,
    max: extreme('max', epsilon),
    min: extreme('min', epsilon),
  };
  const found = known[name];
  if (!found) throw unsupported(name);
  return found;
}

/** Products of two that both depend on the input have no rule here, nor has a divisor or a condition that does. */
function checkWay({ name }: GraphStep, parts: readonly (Parts | undefined)[]): void {
  const onWay = parts.filter((p) => p !== undefined).length;
  const isProduct = ['mul', 'div', 'contract', 'conv1d'].includes(name);
  if ((isProduct && onWay > 1) || (name === 'div' && parts[1]) || (name === 'where' && parts[0]))
    throw unsupported(`${name} of two values that both depend on the input`);
}

const unsupported = (what: string): UnsupportedRule =>
  new UnsupportedRule(
    `revealCancel: ${what} has no RevealCancel rule, which is for linear layers, convolutions, pooling and ops of one number; ` +
      `use Rescale (revealCancel: false)`,
  );

import {
  cast,
  type DType,
  grad,
  mul,
  normal,
  realize,
  Rng,
  type Rule,
  sub,
  sum,
  type Tensor,
  where,
} from '@hairpin/tensors';
import { LSTM } from '../src/index';
import { netRng } from './support';

/** Δout / Δin where the input moved, else the usual slope (Shrikumar 2017, the Rescale rule). */
const rescale: Rule = (dy, { inputs: [x], output: y, baseline, usual }) => {
  const dx = sub(x, baseline!.inputs[0]);
  const isMoved = dx.abs().greater(1e-6); // below, the slope is right to 1e-6, and the difference to 1e-12
  const slope = sub(y, baseline!.output).div(where(isMoved, dx, 1));
  return [where(isMoved, mul(dy, slope), usual(dy)[0]!)];
};

/** Δ(ab) = Δa · (b + b₀)/2 + Δb · (a + a₀)/2, where neither side is a constant that is spread over the other. */
const symmetric: Rule = (dy, { inputs: [a, b], baseline, usual }) => {
  if (a.shape.join() !== b.shape.join()) return usual(dy);
  const [a0, b0] = baseline!.inputs;
  return [mul(dy, b.add(b0).mul(0.5)), mul(dy, a.add(a0).mul(0.5))];
};

/** The rules of a recurrent net, by op. */
export const rescaleRules: Readonly<Record<string, Rule>> = { tanh: rescale, sigmoid: rescale, mul: symmetric };

/** What the contributions of a batch to the differences from its reference come to, a number for each row. */
export interface Attribution {
  /** f(x) − f(x₀) */
  readonly difference: ArrayLike<number>;
  /** Σ (x − x₀) · multiplier */
  readonly explained: ArrayLike<number>;
  /** Σ |(x − x₀) · multiplier| */
  readonly size: ArrayLike<number>;
}

/** Contributions through a bidirectional LSTM of two layers over 200 steps. */
export async function attribute(dtype: DType, rules: Readonly<Record<string, Rule>>, hidden = 3): Promise<Attribution> {
  const net = new LSTM({ in: 4, hidden, layers: 2, direction: 'bidirectional', dtype, rng: netRng() });
  const rng = new Rng(5);
  const draw = (shape: readonly number[]) => cast(normal(rng, shape), dtype);
  const [x, x0] = [draw([3, 200, 4]), draw([3, 200, 4])];
  const weights = draw([200, 2 * hidden]); // so that steps and features count differently
  const f = (x: Tensor): Tensor => sum(mul(net.forward(x), weights), [1, 2]);
  const contributions = mul(sub(x, x0), grad(f, { rules, baseline: x0 })(x));
  const results = [sub(f(x), f(x0)), sum(contributions, [1, 2]), sum(contributions.abs(), [1, 2])];
  await realize(...results);
  const [difference, explained, size] = await Promise.all(results.map((t) => t.data()));
  return { difference, explained, size };
}

/** How much of a difference is left unexplained, as a share of what all contributions come to: of the worst row. */
export const unexplained = ({ difference, explained, size }: Attribution): number =>
  Math.max(...Array.from(difference, (d, row) => Math.abs(d - explained[row]) / size[row]));

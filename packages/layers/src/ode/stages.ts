import { add, mul, type Tensor } from '@hairpin/tensors';
import type { Field } from './dynamics';
import type { Tableau } from './tableau';

/** Where a step starts, and how far it goes.   t, h: [batch, 1], y: [batch, dim] */
export interface From {
  readonly t: Tensor;
  readonly h: Tensor;
  readonly y: Tensor;
}

/** One place at which a step asks for a slope.   t: [batch, 1], y: [batch, dim] */
export interface Stage {
  readonly t: Tensor;
  readonly y: Tensor;
  readonly slope: Tensor;
}

/** Σ weights_i · slopes_i; weights of 0 cost nothing, and there is one that is not. */
export function combine(weights: readonly number[], slopes: readonly Tensor[]): Tensor {
  const terms = weights.flatMap((weight, i) =>
    weight === 0 ? [] : [weight === 1 ? slopes[i] : mul(slopes[i], weight)],
  );
  return terms.reduce((sum, term) => add(sum, term));
}

/** The stages of one step; `first` is f(t, y) where that is known. */
export function stages({ c, a }: Tableau, f: Field, { t, h, y }: From, first?: Tensor): Stage[] {
  const made: Stage[] = [];
  c.forEach((node, i) => {
    const slopes = slopesOf(made);
    const time = node === 0 ? t : add(t, node === 1 ? h : mul(h, node));
    const state = i === 0 ? y : add(y, mul(h, combine(a[i], slopes)));
    made.push({ t: time, y: state, slope: i === 0 && first ? first : f(time, state) });
  });
  return made;
}

/** The state after a step of these stages. */
export const resultOf = ({ b }: Tableau, { h, y }: From, made: readonly Stage[]): Tensor =>
  add(y, mul(h, combine(b, slopesOf(made))));

/** The slopes of stages. */
export const slopesOf = (made: readonly Stage[]): Tensor[] => made.map(({ slope }) => slope);

/** The state after one step. */
export const stepOnce = (tableau: Tableau, f: Field, from: From): Tensor =>
  resultOf(tableau, from, stages(tableau, f, from));

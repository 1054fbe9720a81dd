import {
  add,
  arange,
  broadcastTo,
  concat,
  div,
  HairpinError,
  mul,
  reshape,
  scan,
  slice,
  sub,
  type Tensor,
} from '@hairpin/tensors';
import type { Field } from './dynamics';
import { stepOnce } from './stages';
import type { Tableau } from './tableau';
import { longestGap, type Times } from './times';

/** How finely a fixed method goes from one observation to the next. */
export interface StepsOptions {
  /** Equal steps from one observation to the next: 1 unless said. */
  readonly steps?: number;
  /** Instead: as many as the longest stretch needs so that none is larger. Needs times given as numbers. */
  readonly stepSize?: number;
}

/** Steps one after the other: where each starts, and how far it goes.   t, h: [batch, steps, 1] */
export interface Grid {
  readonly t: Tensor;
  readonly h: Tensor;
}

/** The number of steps between two observations. */
export function stepsBetween(times: Times, { steps, stepSize }: StepsOptions): number {
  const gap = stepSize === undefined ? undefined : longestGap(times);
  if (stepSize !== undefined && (gap === undefined || steps !== undefined || !(stepSize > 0)))
    throw new HairpinError(
      'odeint: stepSize is a number above 0 beside times given as numbers; for times in a tensor say how many `steps`',
    );
  const count = gap === undefined ? (steps ?? 1) : Math.max(1, Math.ceil(gap / stepSize! - 1e-9)); // 1e-9: 0.3 / 0.1 is 3
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`odeint: expected steps to be a whole number ≥ 1, got ${count}`);
  return count;
}

/** Each stretch between observations in `n` equal steps.   times: [batch, observations] */
export function gridOf(times: Tensor, n: number): Grid {
  const start = slice(times, [0, 0], [undefined, -1]);
  return divide(start, sub(slice(times, [0, 1]), start), n);
}

/** Stretches in `n` equal steps each.   start, gap: [batch, stretches] → [batch, stretches · n, 1] */
export function divide(start: Tensor, gap: Tensor, n: number): Grid {
  const [batch, stretches] = start.shape;
  const spread = (t: Tensor) => broadcastTo(reshape(t, [batch, stretches, 1]), [batch, stretches, n]);
  const h = spread(div(gap, n));
  const t = add(spread(start), mul(h, reshape(arange(n, start.dtype), [1, 1, n])));
  const inRow = (all: Tensor) => reshape(all, [batch, stretches * n, 1]);
  return { t: inRow(t), h: inRow(h) };
}

/** The states after each step of a grid, [batch, steps, dim]: one loop. */
export function walkGrid(tableau: Tableau, f: Field, y0: Tensor, grid: Grid, checkpoint?: number): Tensor {
  const body = (y: Tensor, { t, h }: Grid) => {
    const next = stepOnce(tableau, f, { t, h, y });
    return [next, next] as const;
  };
  return scan<Tensor, Grid, Tensor>(body, y0, grid, { checkpoint })[1];
}

/** The states at the observations, [batch, observations, dim].   y0: [batch, dim], times: [batch, observations] */
export function solveFixed(
  tableau: Tableau,
  f: Field,
  y0: Tensor,
  times: Tensor,
  { n, checkpoint }: { readonly n: number; readonly checkpoint?: number | undefined },
): Tensor {
  const [[batch, dim], observations] = [y0.shape, times.shape[1]];
  const first = reshape(y0, [batch, 1, dim]);
  if (observations === 1) return first;
  return concat([first, stretchEnds(walkGrid(tableau, f, y0, gridOf(times, n), checkpoint), n)], 1);
}

/** The state after every n-th step.   [batch, stretches · n, dim] → [batch, stretches, dim] */
export function stretchEnds(walked: Tensor, n: number): Tensor {
  const [batch, steps, dim] = walked.shape;
  const ends = slice(reshape(walked, [batch, steps / n, n, dim]), [0, 0, n - 1]);
  return reshape(ends, [batch, steps / n, dim]);
}

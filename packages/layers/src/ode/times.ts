import {
  broadcastTo,
  cast,
  greater,
  mul,
  reshape,
  shapeError,
  slice,
  sub,
  tensor,
  type Tensor,
} from '@hairpin/tensors';
import { TimesError } from './errors';

/** Times of observation: the same for all rows, or a row for each. They only increase, or only decrease. */
export type Times = Tensor | readonly number[] | readonly (readonly number[])[];

/** Times as [batch, observations] in the state's dtype; those given as numbers are checked. */
export function timesFor(y0: Tensor, times: Times): Tensor {
  if (y0.shape.length !== 2) throw shapeError('odeint', 'a state [batch, dim]', y0.shape);
  const [batch] = y0.shape;
  const all = isTensor(times) ? times : tensor(times as number[], { dtype: y0.dtype });
  const fits = all.shape.length === 1 || (all.shape.length === 2 && all.shape[0] === batch);
  if (!fits || all.shape.at(-1) === 0)
    throw shapeError('odeint', `times [observations] or [${batch}, observations], one at least`, all.shape);
  if (!isTensor(times)) checkTimes(Array.isArray(times[0]) ? (times as number[][]) : [times as number[]]);
  return broadcastTo(reshape(cast(all, y0.dtype), [-1, all.shape.at(-1)!]), [batch, all.shape.at(-1)!]);
}

const isTensor = (times: Times): times is Tensor => !Array.isArray(times);

/** Raises a `TimesError` for a row that turns back. */
export function checkTimes(rows: readonly ArrayLike<number>[]): void {
  rows.forEach((row, r) => {
    const way = Math.sign(row[row.length - 1] - row[0]);
    const follows = (i: number) => i === 0 || (way === 0 ? row[i] === row[0] : (row[i] - row[i - 1]) * way >= 0);
    for (let i = 0; i < row.length; i++) if (!Number.isFinite(row[i]) || !follows(i)) throw new TimesError(r, row, i);
  });
}

/** The longest stretch between two observations; undefined where the times are not known before they are computed. */
export function longestGap(times: Times): number | undefined {
  if (isTensor(times)) return undefined;
  const rows = (Array.isArray(times[0]) ? times : [times]) as readonly (readonly number[])[];
  return Math.max(0, ...rows.flatMap((row) => row.slice(1).map((t, i) => Math.abs(t - row[i]))));
}

/** The first and the last time of each row, and whether it runs forth (1) or back (−1): all [batch, 1]. */
export function spanOf(times: Tensor): { readonly start: Tensor; readonly end: Tensor; readonly direction: Tensor } {
  const start = slice(times, [0, 0], [undefined, 1]);
  const end = slice(times, [0, times.shape[1] - 1]);
  return { start, end, direction: sub(1, mul(cast(greater(start, end), times.dtype), 2)) };
}

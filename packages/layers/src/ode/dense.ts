import {
  add,
  arange,
  broadcastTo,
  cast,
  concat,
  div,
  equal,
  less,
  maximum,
  mul,
  reshape,
  split,
  sub,
  sum,
  take,
  type Tensor,
  where,
} from '@hairpin/tensors';
import type { Dense } from './dopri5';

/**
 * The solution between the ends of a step, at a share x of it: the polynomial of degree 4 through both states, both slopes
 * and the middle (Shampine 1986), written in slopes, so that nothing of the size of y cancels.   x: [..., 1]
 */
export function interpolate({ h, y, first, last, slope, middle }: Omit<Dense, 't'>, x: Tensor): Tensor {
  const weighted = (a: number, b: number, c: number, d: number) =>
    add(add(mul(first, a), mul(last, b)), add(mul(slope, c), mul(middle, d)));
  const [x2, x3, x4] = [weighted(-4, 1, -5, 16), weighted(5, -3, 14, -32), weighted(-2, 2, -8, 16)];
  const inner = add(x2, mul(x, add(x3, mul(x, x4))));
  return add(y, mul(mul(h, x), add(first, mul(x, inner))));
}

/**
 * The states at times within a series of steps.   steps: [batch, steps, …], times: [batch, observations] → [batch, observations,
 * dim]. A time before the first step gives where that starts; what lies beyond the last one means nothing.
 */
export function observe(steps: Dense, times: Tensor, direction: Tensor): Tensor {
  const [batch, length, dim] = steps.y.shape;
  const observations = times.shape[1];
  const parts = [steps.t, steps.h, steps.y, steps.first, steps.last, steps.slope, steps.middle];
  const flat = reshape(concat(parts, 2), [batch * length, 5 * dim + 2]);
  const rows = add(stepOf(steps.t, times, direction), mul(reshape(arange(batch, 'i32'), [batch, 1]), length));
  const found = reshape(take(flat, rows), [batch, observations, 5 * dim + 2]);
  const [t, h, y, first, last, slope, middle] = split(found, [1, 1, dim, dim, dim, dim, dim], 2);
  const x = div(sub(reshape(times, [batch, observations, 1]), t), where(equal(h, 0), 1, h));
  return interpolate({ h, y, first, last, slope, middle }, x);
}

/** The step in which each time lies: the last one that starts before it.   → [batch, observations] i32 */
function stepOf(starts: Tensor, times: Tensor, direction: Tensor): Tensor {
  const [batch, length] = starts.shape;
  const observations = times.shape[1];
  const start = mul(reshape(starts, [batch, 1, length]), reshape(direction, [batch, 1, 1]));
  const time = mul(times, direction);
  const wide = broadcastTo(reshape(time, [batch, observations, 1]), [batch, observations, length]);
  return maximum(sub(sum(cast(less(start, wide), 'i32'), 2), 1), 0);
}

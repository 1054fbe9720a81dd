import {
  arange,
  broadcastTo,
  cast,
  type Context,
  concat,
  less,
  reshape,
  shapeError,
  slice,
  sub,
  type Tensor,
  where,
  zerosLike,
} from '@hairpin/tensors';

/** Stretches between observations: where each starts, and how far it goes.   [batch, length] */
export interface Gaps {
  readonly start: Tensor;
  readonly gap: Tensor;
}

/** Times of the steps of sequences, [batch, length]: `context.given.times`, or 0, 1, 2 … where none are given. */
export function timesOf(x: Tensor, { given = {} }: Context): Tensor {
  const [batch, length] = x.shape;
  const regular = () => broadcastTo(reshape(arange(length, x.dtype), [1, length]), [batch, length]);
  const times = given.times;
  if (times && (times.shape.length !== 2 || times.shape[0] !== batch || times.shape[1] !== length))
    throw shapeError('ODERNN', `context.given.times [${batch}, ${length}], the time of each step`, times.shape);
  return times ? cast(times, x.dtype) : regular();
}

/** Which values were observed, as bools like x: `context.given.mask`; undefined where none is given. */
export function maskOf(x: Tensor, { given = {} }: Context): Tensor | undefined {
  const mask = given.mask;
  if (mask && mask.shape.join() !== x.shape.join())
    throw shapeError('ODERNN', `context.given.mask [${x.shape.join(', ')}], as the input`, mask.shape);
  return mask && cast(mask, 'bool');
}

/**
 * The stretch before each step of a walk: from the step before, or in reverse from the one after. The first of a walk is
 * empty, and so are those beyond a row's length.   times: [batch, length]
 */
export function gapsOf(times: Tensor, { lengths, reverse }: { lengths?: Tensor | undefined; reverse: boolean }): Gaps {
  const length = times.shape[1];
  const first = slice(times, [0, 0], [undefined, 1]);
  const last = slice(times, [0, length - 1]);
  const before = reverse
    ? concat([slice(times, [0, 1]), last], 1)
    : concat([first, slice(times, [0, 0], [undefined, length - 1])], 1);
  if (!lengths) return { start: before, gap: sub(times, before) };
  const place = reshape(arange(length, 'i32'), [1, length]);
  const isInside = less(reverse ? place.add(1) : place, reshape(lengths, [-1, 1])); // in reverse it starts beyond the step
  const zero = zerosLike(times);
  return { start: where(isInside, before, zero), gap: where(isInside, sub(times, before), zero) };
}

import { div, scale, shift } from '../affine';
import { shapeError } from '../errors';
import { apply, asTensor, type HostArray, type Op, type TensorLike } from '../op';
import { forEachCoord, normalizeAxis, range, sameShape, type Shape, strides } from '../shape';
import type { Tensor } from '../tensor';

/** Fills `out` by asking, for each place, for the flat index in x (−1: the fill value). */
export function move(x: HostArray, out: HostArray, from: (coords: readonly number[]) => number, fill = 0): void {
  forEachCoord(out.shape, (i, coords) => {
    const at = from(coords);
    out.data[i] = at < 0 ? fill : x.data[at];
  });
}

/** An axis ≥ 0, or a `ShapeError` that names the range. */
export function axisOf(where: string, axis: number, shape: Shape): number {
  const d = normalizeAxis(axis, shape.length);
  if (d === undefined)
    throw shapeError(
      where,
      `an axis in [−${shape.length}, ${shape.length})`,
      `${axis} for shape [${shape.join(', ')}]`,
    );
  return d;
}

// ---- permute -----------------------------------------------------------------------------------------------------

const permuteOp: Op<{ axes: readonly number[] }> = {
  name: 'permute',
  infer: ([x], { axes }) => ({ shape: axes.map((d) => x.shape[d]), dtype: x.dtype }),
  reference: ([x], { axes }, out) => {
    const steps = strides(x.shape);
    move(x, out, (coords) => coords.reduce((at, c, d) => at + c * steps[axes[d]], 0));
  },
  vjp: (dy, { attrs: { axes } }) => [
    permute(
      dy,
      range(axes.length).map((d) => axes.indexOf(d)),
    ),
  ],
  lowering: {
    kind: 'movement',
    pieces: (coords, { axes }) => [{ input: 0, coords: range(axes.length).map((d) => coords[axes.indexOf(d)]) }],
  },
};

/** Axis d of the result is axis `axes[d]` of x. */
export function permute(x: TensorLike, axes: readonly number[]): Tensor {
  const tensor = asTensor(x);
  const order = axes.map((axis) => axisOf('permute', axis, tensor.shape));
  if (new Set(order).size !== tensor.shape.length || order.length !== tensor.shape.length)
    throw shapeError('permute', `each of the ${tensor.shape.length} axes of ${tensor} once`, axes);
  return order.every((d, i) => d === i) ? tensor : apply(permuteOp, [tensor], { axes: order });
}
permute.op = permuteOp;

/** x with its last two axes swapped. */
export function transpose(x: TensorLike): Tensor {
  const tensor = asTensor(x);
  const rank = tensor.shape.length;
  if (rank < 2) throw shapeError('transpose', 'at least two axes', tensor.shape);
  return permute(tensor, [...range(rank - 2), rank - 1, rank - 2]);
}

// ---- slice and pad, each the other's gradient -----------------------------------------------------------------------

interface SliceAttrs {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly shape: Shape;
}

const sliceOp: Op<SliceAttrs> = {
  name: 'slice',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  reference: ([x], { starts, steps }, out) => {
    const own = strides(x.shape);
    move(x, out, (coords) => coords.reduce((at, c, d) => at + (starts[d] + c * steps[d]) * own[d], 0));
  },
  vjp: (dy, { inputs: [x], attrs }) => [unslice(dy, attrs, x.shape)],
  lowering: {
    kind: 'movement',
    pieces: (coords, { starts, steps }) => [
      { input: 0, coords: coords.map((c, d) => shift(scale(c, steps[d]), starts[d])) },
    ],
  },
};

/**
 * x[starts : ends : steps] along each axis, NumPy's way: negative bounds count from the end, ends are exclusive and may
 * be left out (`undefined`), a negative step walks backwards. Axes beyond the lists stay whole.
 */
export function slice(
  x: TensorLike,
  starts: readonly (number | undefined)[],
  ends: readonly (number | undefined)[] = [],
  steps: readonly number[] = [],
): Tensor {
  const tensor = asTensor(x);
  if (starts.length > tensor.shape.length)
    throw shapeError('slice', `at most ${tensor.shape.length} starts for ${tensor}`, `${starts.length}`);
  const spans = tensor.shape.map((n, d) => span(n, starts[d], ends[d], steps[d] ?? 1));
  const attrs = {
    starts: spans.map((s) => s.start),
    steps: spans.map((s) => s.step),
    shape: spans.map((s) => s.length),
  };
  const isWhole = sameShape(attrs.shape, tensor.shape) && attrs.steps.every((s, d) => s === 1 || attrs.shape[d] <= 1);
  return isWhole ? tensor : apply(sliceOp, [tensor], attrs);
}
slice.op = sliceOp;

/** Python's slice.indices: where a span starts and how many elements it has. */
function span(n: number, start: number | undefined, end: number | undefined, step: number) {
  if (!Number.isInteger(step) || step === 0) throw shapeError('slice', 'a whole step other than 0', `${step}`);
  for (const bound of [start, end])
    if (bound !== undefined && !Number.isInteger(bound)) throw shapeError('slice', 'whole bounds', `${bound}`);
  const [low, high] = step > 0 ? [0, n] : [-1, n - 1];
  const place = (bound: number) => Math.min(Math.max(bound < 0 ? bound + n : bound, low), high);
  const first = start === undefined ? (step > 0 ? low : high) : place(start);
  const last = end === undefined ? (step > 0 ? high : low) : place(end);
  return { start: first, step, length: Math.max(0, Math.ceil((last - first) / step)) };
}

/** The adjoint of slice: dy at the places that the slice took, zeros elsewhere. */
function unslice(dy: Tensor, { starts, steps }: SliceAttrs, shape: Shape): Tensor {
  const backward = steps.flatMap((step, d) => (step < 0 ? [d] : []));
  const forward = flip(dy, backward);
  const first = starts.map((start, d) => (steps[d] < 0 ? start + (dy.shape[d] - 1) * steps[d] : start));
  const dilation = steps.map(Math.abs);
  return place(forward, first, dilation, shape);
}

interface PlaceAttrs {
  readonly starts: readonly number[];
  readonly dilation: readonly number[];
  readonly shape: Shape;
  readonly fill: number;
}

const padOp: Op<PlaceAttrs> = {
  name: 'pad',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  reference: ([x], { starts, dilation, fill }, out) => {
    const own = strides(x.shape);
    const from = (c: number, d: number) => (c - starts[d]) / dilation[d];
    const isInside = (at: number, d: number) => Number.isInteger(at) && at >= 0 && at < x.shape[d];
    move(
      x,
      out,
      (coords) =>
        coords.every((c, d) => isInside(from(c, d), d)) ? coords.reduce((at, c, d) => at + from(c, d) * own[d], 0) : -1,
      fill,
    );
  },
  vjp: (dy, { inputs: [x], attrs: { starts, dilation } }) => [takePlaces(dy, starts, dilation, x.shape)],
  lowering: {
    kind: 'movement',
    pieces: (coords, { starts, dilation }, [input]) => {
      const moved = coords.map((c, d) => shift(c, -starts[d]));
      return [
        {
          input: 0,
          coords: moved.map((c, d) => div(c, dilation[d])),
          inside: moved.flatMap((index, d) => [
            { kind: 'range' as const, index, size: (input[d] - 1) * dilation[d] + 1 },
            { kind: 'multiple' as const, index, of: dilation[d] },
          ]),
        },
      ];
    },
    fill: ({ fill }) => fill,
  },
};

/** x at starts[d] + i · dilation[d] of a larger tensor. */
function place(x: Tensor, starts: readonly number[], dilation: readonly number[], shape: Shape, fill = 0): Tensor {
  return sameShape(x.shape, shape) && fill === 0 ? x : apply(padOp, [x], { starts, dilation, shape, fill });
}

function takePlaces(dy: Tensor, starts: readonly number[], steps: readonly number[], shape: Shape): Tensor {
  const ends = shape.map((n, d) => starts[d] + (n - 1) * steps[d] + 1);
  const within = starts.every((s, d) => s >= 0 && ends[d] <= dy.shape[d]);
  if (!within) return takePlaces(...widen(dy, starts, ends), steps, shape);
  return apply(sliceOp, [dy], { starts, steps, shape });
}

/** A negative pad crops: its gradient is zero-filled before it is sliced. */
function widen(dy: Tensor, starts: readonly number[], ends: readonly number[]): [Tensor, number[]] {
  const low = starts.map((s) => Math.max(0, -s));
  const high = ends.map((e, d) => Math.max(0, e - dy.shape[d]));
  return [
    pad(
      dy,
      low.map((n, d) => [n, high[d]]),
    ),
    starts.map((s, d) => s + low[d]),
  ];
}

/** What goes into the new places. */
export interface PadOptions {
  /** What stands in the new places (0 unless said). */
  readonly value?: number;
  /** Distance of neighbouring elements along each axis in the result (1 unless said): zeros go between them. */
  readonly dilation?: readonly number[];
}

/** x with `widths[d] = [before, after]` new places along each axis; a negative width crops. */
export function pad(
  x: TensorLike,
  widths: readonly (readonly [number, number])[],
  { value = 0, dilation = [] }: PadOptions = {},
): Tensor {
  const tensor = asTensor(x);
  if (widths.length !== tensor.shape.length)
    throw shapeError('pad', `${tensor.shape.length} pairs of widths for ${tensor}`, `${widths.length}`);
  const spread = tensor.shape.map((_, d) => dilation[d] ?? 1);
  for (const width of widths.flat()) if (!Number.isInteger(width)) throw shapeError('pad', 'whole widths', `${width}`);
  for (const n of spread) if (!Number.isInteger(n) || n < 1) throw shapeError('pad', 'a whole dilation ≥ 1', `${n}`);
  const shape = tensor.shape.map((n, d) => (n === 0 ? 0 : (n - 1) * spread[d] + 1) + widths[d][0] + widths[d][1]);
  if (shape.some((n) => n < 0)) throw shapeError('pad', 'widths that leave at least length 0', shape);
  return place(
    tensor,
    widths.map(([before]) => before),
    spread,
    shape,
    value,
  );
}
pad.op = padOp;

// ---- flip --------------------------------------------------------------------------------------------------------

const flipOp: Op<{ axes: readonly number[] }> = {
  name: 'flip',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  reference: ([x], { axes }, out) => {
    const own = strides(x.shape);
    move(x, out, (coords) => coords.reduce((at, c, d) => at + (axes.includes(d) ? x.shape[d] - 1 - c : c) * own[d], 0));
  },
  vjp: (dy, { attrs: { axes } }) => [flip(dy, axes)],
  lowering: {
    kind: 'movement',
    pieces: (coords, { axes }, [input]) => [
      { input: 0, coords: coords.map((c, d) => (axes.includes(d) ? shift(scale(c, -1), input[d] - 1) : c)) },
    ],
  },
};

/** x read backwards along the given axes. */
export function flip(x: TensorLike, axes: number | readonly number[]): Tensor {
  const tensor = asTensor(x);
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => axisOf('flip', axis, tensor.shape));
  return list.length === 0 ? tensor : apply(flipOp, [tensor], { axes: list });
}
flip.op = flipOp;

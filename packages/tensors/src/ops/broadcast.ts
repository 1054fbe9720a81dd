import { constant } from '../affine';
import { shapeError } from '../errors';
import { apply, asTensor, type HostArray, type Op, type TensorLike } from '../op';
import { broadcastShapes, broadcastStrides, forEachCoord, normalizeAxis, range, sameShape, type Shape } from '../shape';
import type { Tensor } from '../tensor';
import { reshape } from './reshape';

/** Axes by number, counted from the end when negative; all of them when left out. */
export type Axes = number | readonly number[] | undefined;

/** How a reduction leaves its axes. */
export interface ReduceOptions {
  /** Keeps reduced axes with length 1. */
  readonly keepDims?: boolean;
}

const broadcastOp: Op<{ shape: Shape }> = {
  name: 'broadcastTo',
  infer: ([x], { shape }) => {
    const common = broadcastShapes(x.shape, shape);
    if (!common || !sameShape(common, shape))
      throw shapeError('broadcastTo', `a shape that broadcasts to [${shape.join(', ')}]`, x.shape);
    return { shape, dtype: x.dtype };
  },
  reference: ([x], { shape }, out) => {
    const steps = broadcastStrides(x.shape, shape);
    forEachCoord(shape, (i, coords) => (out.data[i] = x.data[coords.reduce((at, c, d) => at + c * steps[d], 0)]!));
  },
  vjp: (dy, { inputs: [x] }) => [sumTo(dy, x.shape)],
  lowering: {
    kind: 'movement',
    pieces: (coords, _, [input]) => {
      const lead = coords.length - input.length;
      return [{ input: 0, coords: input.map((n, d) => (n === 1 ? constant(0) : coords[d + lead])) }];
    },
  },
};

/** x repeated along axes of length 1 (and new leading axes), without a copy. */
export function broadcastTo(x: TensorLike, shape: Shape): Tensor {
  const tensor = asTensor(x);
  return sameShape(tensor.shape, shape) ? tensor : apply(broadcastOp, [tensor], { shape });
}
broadcastTo.op = broadcastOp;

/** Fills `out` by folding `combine` over the reduced axes, starting at `start`: what every reduction means. */
export function reduceReference(
  x: HostArray,
  axes: readonly number[],
  out: HostArray,
  start: number,
  combine: (a: number, b: number) => number,
): void {
  const folded = new Float64Array(out.data.length).fill(start);
  const steps = outputSteps(x.shape, axes);
  const inner = x.shape.at(-1) ?? 1;
  const [step = 0] = steps.slice(-1);
  forEachCoord([...x.shape.slice(0, -1), 1], (row, coords) => {
    let at = 0;
    for (let d = 0; d < x.shape.length - 1; d++) at += coords[d] * steps[d];
    for (let i = 0; i < inner; i++, at += step) folded[at] = combine(folded[at], x.data[row * inner + i]);
  });
  out.data.set(folded);
}

/** Stride in the (flattened, reduced) output of each input axis; 0 along reduced ones. */
function outputSteps(shape: Shape, axes: readonly number[]): number[] {
  const kept = shape.map((n, d) => (axes.includes(d) ? 1 : n));
  return broadcastStrides(kept, shape);
}

/** The shape without the reduced axes. */
export const reducedShape = (shape: Shape, axes: readonly number[]): Shape => shape.filter((_, d) => !axes.includes(d));

const sumOp: Op<{ axes: readonly number[] }> = {
  name: 'sum',
  infer: ([x], { axes }) => ({ shape: reducedShape(x.shape, axes), dtype: x.dtype }),
  reference: ([x], { axes }, out) => reduceReference(x, axes, out, 0, (a, b) => a + b),
  vjp: (dy, { inputs: [x], attrs: { axes } }) => [unreduce(dy, x.shape, axes)],
  lowering: { kind: 'reduce', combine: 'sum', axes: ({ axes }) => axes },
};

/** Σ over the given axes (all of them unless said). */
export function sum(x: TensorLike, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const tensor = asTensor(x);
  if (tensor.dtype === 'bool') throw shapeError('sum', 'numbers (cast bools to i32 or f32)', `${tensor}`);
  return reduceWith(sumOp, tensor, axes, options);
}
sum.op = sumOp;

/** Applies a reduction op: normalises axes, restores them with length 1 when `keepDims`. */
export function reduceWith(
  op: Op<{ axes: readonly number[] }>,
  x: Tensor,
  axes: Axes,
  { keepDims = false }: ReduceOptions,
): Tensor {
  const list = normalizeAxes(op.name, axes, x.shape);
  const y = list.length === 0 ? x : apply(op, [x], { axes: list });
  return keepDims ? reshape(y, keptShape(x.shape, list)) : y;
}

/** Axes as increasing numbers ≥ 0, each once; a `ShapeError` names one that is out of range. */
export function normalizeAxes(where: string, axes: Axes, shape: Shape): number[] {
  if (axes === undefined) return range(shape.length);
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => {
    const d = normalizeAxis(axis, shape.length);
    if (d === undefined)
      throw shapeError(
        where,
        `an axis in [−${shape.length}, ${shape.length})`,
        `${axis} for shape [${shape.join(', ')}]`,
      );
    return d;
  });
  return [...new Set(list)].sort((a, b) => a - b);
}

/** The shape with length 1 along the reduced axes. */
export const keptShape = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((n, d) => (axes.includes(d) ? 1 : n));

/** A reduced tensor stretched over the axes that the reduction took away. */
export const unreduce = (y: Tensor, shape: Shape, axes: readonly number[]): Tensor =>
  broadcastTo(reshape(y, keptShape(shape, axes)), shape);

/** Sums over the axes along which `shape` was broadcast: the adjoint of broadcasting. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = range(x.shape.length).filter((d) => d < lead || (shape[d - lead] === 1 && x.shape[d] !== 1));
  return reshape(axes.length === 0 ? x : sum(x, axes), shape);
}

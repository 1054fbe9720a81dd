import { isFloat, type DType } from '../dtype';
import { shapeError } from '../errors';
import { apply, sameDType, type Applied, type HostArray, type Op, type TensorLike } from '../op';
import { broadcastShapes, broadcastStrides, type Shape, sameShape, size } from '../shape';
import type { Tensor } from '../tensor';
import { sumTo } from './broadcast';

/** What the gradient of an op of two numbers may read: both operands and the result. */
export interface BinaryRule {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly z: Tensor;
}

/** An op of two numbers: its reference, its shader and its gradient side by side. */
export interface BinaryRecord {
  readonly name: string;
  /** z of x and y, in double precision. */
  readonly reference: (x: number, y: number) => number;
  /** WGSL expression in `x` and `y`. */
  readonly wgsl: string;
  /** Gradients of x and y before they are summed over broadcast axes. */
  readonly vjp?: (dz: Tensor, node: BinaryRule) => readonly [Tensor, Tensor];
  readonly costly?: boolean;
  readonly helpers?: readonly string[];
  /** What it takes: floats alone, any number, or bools. */
  readonly takes?: 'floats' | 'numbers' | 'bools' | 'all';
  readonly dtype?: DType;
}

/** An op of two tensors that callers apply as a function; `op` is its record. */
export type BinaryOp = ((x: TensorLike, y: TensorLike) => Tensor) & { readonly op: Op<undefined> };

/** z[i] = f(x[i], y[i]) with NumPy's broadcasting. */
export function binary(record: BinaryRecord): BinaryOp {
  const { name, vjp } = record;
  const op: Op<undefined> = {
    name,
    infer: ([x, y]) => {
      checkKind(record, sameDType(name, [x, y]));
      return { shape: broadcast(name, x.shape, y.shape), dtype: record.dtype ?? x.dtype };
    },
    reference: ([x, y], _, out) => zip(x, y, out, record.reference),
    vjp:
      vjp &&
      ((dz: Tensor, { inputs: [x, y], output }: Applied<undefined>) => {
        const [dx, dy] = vjp(dz, { x: x, y: y, z: output });
        return [sumTo(dx, x.shape), sumTo(dy, y.shape)];
      }),
    lowering: {
      kind: 'elementwise',
      wgsl: ([x, y]) => record.wgsl.replace(/\b[xy]\b/g, (name) => (name === 'x' ? x : y)),
      costly: record.costly ?? false,
      helpers: record.helpers ?? [],
    },
  };
  return Object.assign((x: TensorLike, y: TensorLike) => apply(op, [x, y], undefined), { op });
}

function checkKind({ name, takes = 'numbers' }: BinaryRecord, dtype: DType): void {
  const fits = { floats: isFloat(dtype), numbers: dtype !== 'bool', bools: dtype === 'bool', all: true }[takes];
  if (!fits) throw shapeError(name, `${takes} as operands`, dtype);
}

/** The shape that all of these broadcast to, or a `ShapeError`. */
export function broadcast(name: string, ...shapes: Shape[]): Shape {
  return shapes.reduce((a, b) => {
    const common = broadcastShapes(a, b);
    if (!common) throw shapeError(name, 'shapes that broadcast together', ...shapes);
    return common;
  });
}

/** out[i] = f(x[i], y[i]): the inner axis is a plain loop with strides 0 or 1. */
function zip(x: HostArray, y: HostArray, out: HostArray, f: (x: number, y: number) => number): void {
  if (sameShape(x.shape, y.shape)) {
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(x.data[i], y.data[i]);
    return;
  }
  const inner = out.shape.at(-1) ?? 1;
  const [sx, sy] = [innerStride(x, out.shape), innerStride(y, out.shape)];
  eachRow(out.shape, [x.shape, y.shape], (start, [px, py]) => {
    for (let i = 0; i < inner; i++) out.data[start + i] = f(x.data[px + i * sx], y.data[py + i * sy]);
  });
}

const innerStride = (x: HostArray, target: Shape): number => broadcastStrides(x.shape, target).at(-1) ?? 0;

/** Calls `visit` for each row (last axis) of `shape` with the flat start in the result and in each broadcast operand. */
export function eachRow(
  shape: Shape,
  operands: readonly Shape[],
  visit: (start: number, starts: readonly number[]) => void,
): void {
  const inner = shape.at(-1) ?? 1;
  const outer = shape.slice(0, -1);
  const steps = operands.map((operand) => broadcastStrides(operand, shape));
  const coords = outer.map(() => 0);
  const starts = operands.map(() => 0);
  const rows = size(outer);
  for (let row = 0; row < rows; row++) {
    steps.forEach((step, k) => (starts[k] = coords.reduce((at, c, d) => at + c * step[d], 0)));
    visit(row * inner, starts);
    for (let d = outer.length - 1; d >= 0 && ++coords[d] === outer[d]; d--) coords[d] = 0;
  }
}

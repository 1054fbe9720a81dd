import { isFloat, type DType } from '../dtype';
import { shapeError } from '../errors';
import { apply, type Applied, type Op, type TensorLike } from '../op';
import type { Tensor } from '../tensor';

/** What the gradient of an op of one number may read: operand and result. */
export interface UnaryRule {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** An op of one number: its reference, its shader and its gradient side by side. */
export interface UnaryRecord {
  readonly name: string;
  /** y of x, in double precision. */
  readonly reference: (x: number) => number;
  /** WGSL expression in `x`. */
  readonly wgsl: string;
  /** dx of dy; absent where the derivative is zero everywhere. */
  readonly vjp?: (dy: Tensor, node: UnaryRule) => Tensor;
  readonly costly?: boolean;
  readonly helpers?: readonly string[];
  /** What it takes: floats unless said, `signed` for floats and `i32`. */
  readonly takes?: 'floats' | 'signed' | 'bools';
  /** dtype of the result, that of x unless said. */
  readonly dtype?: DType;
}

/** An op that callers apply as a function; `op` is its record. */
export type UnaryOp = ((x: TensorLike) => Tensor) & { readonly op: Op<undefined> };

/** y[i] = f(x[i]), as one record: reference, shader and gradient side by side. */
export function unary(record: UnaryRecord): UnaryOp {
  const { name, vjp, takes = 'floats' } = record;
  const op: Op<undefined> = {
    name,
    infer: ([x]) => {
      const { dtype } = x;
      const fits = { floats: isFloat(dtype), signed: isFloat(dtype) || dtype === 'i32', bools: dtype === 'bool' }[
        takes
      ];
      if (!fits)
        throw shapeError(name, `a ${{ floats: 'float', signed: 'float or i32', bools: 'bool' }[takes]} tensor`, dtype);
      return { shape: x.shape, dtype: record.dtype ?? x.dtype };
    },
    reference: ([x], _, out) => {
      for (let i = 0; i < out.data.length; i++) out.data[i] = record.reference(x.data[i]);
    },
    vjp: vjp && ((dy: Tensor, node: Applied<undefined>) => [vjp(dy, { x: node.inputs[0], y: node.output })]),
    lowering: {
      kind: 'elementwise',
      wgsl: ([x]) => record.wgsl.replace(/\bx\b/g, x),
      costly: record.costly ?? false,
      helpers: record.helpers ?? [],
    },
  };
  return Object.assign((x: TensorLike) => apply(op, [x], undefined), { op });
}

import { apply, asTensor, type Op, type TensorLike } from './op';
import type { Tensor } from './tensor';

/** The cotangents of some inputs for that of a value; undefined where there is none. */
export type Pullback = (dy: Tensor) => readonly (Tensor | undefined)[];

interface Custom {
  readonly pullback: Pullback;
  /** Nothing: values are computed in the same way whatever their gradient is. */
  toJSON(): null;
}

const customOp: Op<Custom> = {
  name: 'customGradient',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  reference: ([value], _, out) => out.data.set(value.data),
  vjp: (dy, { attrs }) => [undefined, ...attrs.pullback(dy)],
  lowering: { kind: 'composite', expand: ([value]) => value },
};

/**
 * `value` with a gradient of one's own: nothing flows to what it was computed from; `pullback` says what flows to each of
 * `inputs`. For a value whose gradient is better worked out in another way than backwards through it, such as by an adjoint
 * equation. Not for the body of a `scan`, whose nodes are stand-ins that a pullback does not know.
 */
export function customGradient(value: Tensor, inputs: readonly TensorLike[], pullback: Pullback): Tensor {
  return apply(customOp, [value, ...inputs.map(asTensor)], { pullback, toJSON: () => null });
}

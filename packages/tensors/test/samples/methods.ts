import * as T from '../../src/index';
import type { Methods } from '../../src/methods';

type Name = Exclude<keyof Methods, 'data' | 'item'>;

/** What each method is called with after its tensor, on which tensor. */
export interface MethodCall {
  readonly on: T.Tensor;
  readonly rest: readonly unknown[];
}

const floats = (): T.Tensor => T.ones([2, 3]);
const sequences = (): T.Tensor => T.ones([2, 5, 3]);
const bools = (): T.Tensor => T.ones([2, 3], { dtype: 'bool' });
const rows = T.zeros([2], { dtype: 'i32' });
const places = T.zeros([2, 3], { dtype: 'i32' });

const on = (x: T.Tensor, ...rest: unknown[]): MethodCall => ({ on: x, rest });

/** A call of every method: the type checker asks for a row when one is added. */
export const methodCalls: Record<Name, MethodCall> = {
  ...perName(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'], () => on(floats(), 2)),
  ...perName(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'], () => on(floats(), 2)),
  ...perName(['logicalAnd', 'logicalOr'], () => on(bools(), true)),
  ...perName(['neg', 'abs', 'sign', 'floor', 'ceil', 'round', 'square', 'reciprocal', 'sqrt', 'rsqrt'], () =>
    on(floats()),
  ),
  ...perName(['exp', 'expm1', 'log', 'log1p', 'sin', 'cos', 'tanh', 'sigmoid', 'relu', 'softplus'], () => on(floats())),
  ...perName(['isFinite', 'stopGradient', 'mean', 'sum', 'max', 'min', 'argmax', 'logSumExp'], () => on(floats())),
  ...perName(['softmax', 'logSoftmax', 'cumsum', 'sort', 'argsort'], () => on(floats(), 0)),
  ...perName(['maxPool1d', 'avgPool1d'], () => on(sequences(), { width: 2 })),
  logicalNot: on(bools()),
  transpose: on(floats()),
  flip: on(floats(), 1),
  clamp: on(floats(), 0, 1),
  cast: on(floats(), 'i32'),
  tap: on(floats(), 'here'),
  topK: on(floats(), 2),
  reshape: on(floats(), [3, 2]),
  broadcastTo: on(floats(), [4, 2, 3]),
  permute: on(floats(), [1, 0]),
  slice: on(floats(), [1], [2]),
  pad: on(floats(), [
    [1, 0],
    [0, 1],
  ]),
  split: on(floats(), [1, 1]),
  matmul: on(floats(), T.ones([3, 4])),
  contractGeneral: on(floats(), T.ones([3, 4]), { batch: [[], []], contract: [[1], [0]] }),
  conv1d: on(sequences(), T.ones([4, 3, 3]), { padding: 'same' }),
  take: on(floats(), rows),
  takeAlong: on(floats(), places),
  gather: on(floats(), 1, places),
};

function perName<N extends Name>(names: readonly N[], make: () => MethodCall): Record<N, MethodCall> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<N, MethodCall>;
}

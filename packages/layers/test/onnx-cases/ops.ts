import {
  abs,
  add,
  arange,
  argmax,
  concat,
  cumsum,
  div,
  equal,
  expm1,
  flip,
  greater,
  greaterEqual,
  less,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  mean,
  mul,
  pad,
  permute,
  relu,
  reshape,
  scatterAdd,
  sigmoid,
  softmax,
  softplus,
  sub,
  sum,
  take,
  takeAlong,
  tanh,
  type Tensor,
  transpose,
  where,
} from '@hairpin/tensors';
import { Dropout } from '../../src/index';
import type { Input, Node, Operator } from './graph';

const unary =
  (f: (x: Tensor) => Tensor): Operator =>
  ([x]) =>
    f(x.tensor);

const elu = (x: Tensor, alpha: number): Tensor => where(greater(x, 0), x, expm1(x).mul(alpha));

/** Ones at the first largest element along an axis. */
function hardmax({ tensor: x, shape }: Input, axis: number): Tensor {
  const places = reshape(
    arange(shape[axis], 'i32'),
    shape.map((n, d) => (d === axis ? n : 1)),
  );
  return equal(argmax(x, axis, { keepDims: true }), places).cast('f32');
}

const activations: Readonly<Record<string, Operator>> = {
  ...{ Relu: unary(relu), Sigmoid: unary(sigmoid), Softplus: unary(softplus), Tanh: unary(tanh) },
  Softsign: unary((x) => div(x, add(1, abs(x)))),
  Elu: ([x], { alpha = 1 }) => elu(x.tensor, alpha),
  Selu: ([x], { alpha, gamma }) => elu(x.tensor, alpha).mul(gamma),
  LeakyRelu: ([x], { alpha = 0.01 }) => where(less(x.tensor, 0), x.tensor.mul(alpha), x.tensor),
  Softmax: ([x], { axis = -1 }) => softmax(x.tensor, axis),
  LogSoftmax: ([x], { axis = -1 }) => logSoftmax(x.tensor, axis),
  Hardmax: ([x], { axis }) => hardmax(x, axis),
  Dropout: ([x]) => new Dropout(0.5).forward(x.tensor),
};

const reduce =
  (f: (x: Tensor, axes: readonly number[], options: { keepDims: boolean }) => Tensor): Operator =>
  ([x, axes], attributes) =>
    f(x.tensor, axes ? axes.numbers : attributes.axes, { keepDims: attributes.keepdims !== 0 });

/** Negative places count from the end. */
const fromStart = ({ tensor: index }: Input, n: number): Tensor => where(less(index, 0), index.add(n), index);

/** Slices of x by number along an axis. */
function gather([data, indices]: readonly Input[], { axis }: Node['attributes']): Tensor {
  const order = data.shape.map((_, d) => d);
  const front = [axis, ...order.filter((d) => d !== axis)];
  const rows = take(permute(data.tensor, front), fromStart(indices, data.shape[axis]));
  return permute(
    rows,
    front.map((_, d) => front.indexOf(d)),
  );
}

function gemm(
  [a, b, c]: readonly Input[],
  { alpha = 1, beta = 1, transA = 0, transB = 0 }: Node['attributes'],
): Tensor {
  const [x, y] = [transA ? transpose(a.tensor) : a.tensor, transB ? transpose(b.tensor) : b.tensor];
  const product = mul(matmul(x, y), alpha);
  return c ? add(product, mul(c.tensor, beta)) : product;
}

/** One-hot rows along a new axis, `values` = [off, on]. */
function oneHot([indices, depth, values]: readonly Input[], { axis }: Node['attributes']): Tensor {
  const [n] = depth.numbers;
  const at = reshape(fromStart(indices, n), indices.shape.toSpliced(axis, 0, 1));
  const places = reshape(
    arange(n),
    at.shape.map((_, d) => (d === axis ? n : 1)),
  );
  const [off, on] = values.numbers;
  return add(mul(equal(at, places).cast('f32'), on - off), off);
}

/** Each row of its batch backwards, as far as its length goes. */
function reverseSequence(
  [x, lengths]: readonly Input[],
  { batch_axis: batch, time_axis: time }: Node['attributes'],
): Tensor {
  const along = (n: number, axis: number, t: Tensor) =>
    reshape(
      t,
      x.shape.map((_, d) => (d === axis ? n : 1)),
    );
  const steps = along(x.shape[time], time, arange(x.shape[time], 'i32'));
  const last = sub(along(x.shape[batch], batch, lengths.tensor), 1);
  const index = where(greaterEqual(last, steps), sub(last, steps), steps);
  return takeAlong(x.tensor, index.broadcastTo(x.shape), time);
}

function padded([x, pads, value]: readonly Input[]): Tensor {
  const widths = x.shape.map((_, d) => [pads.numbers[d], pads.numbers[d + x.shape.length]] as const);
  return pad(x.tensor, widths, { value: value.numbers[0] });
}

function cumulative([x]: readonly Input[], { exclusive = 0, reverse = 0 }: Node['attributes']): Tensor {
  const sums = reverse ? flip(cumsum(flip(x.tensor, 0), 0), 0) : cumsum(x.tensor, 0);
  return exclusive ? sub(sums, x.tensor) : sums;
}

const linear: Readonly<Record<string, Operator>> = {
  ArgMax: ([x], { axis }) => argmax(x.tensor, axis, { keepDims: true }),
  Concat: (inputs, { axis }) =>
    concat(
      inputs.map(({ tensor }) => tensor),
      axis,
    ),
  Pad: padded,
  CumSum: cumulative,
  Einsum: ([x, y]) => matmul(x.tensor, y.tensor), // the one of these cases is bij, bjk → bik
  Gather: gather,
  GatherElements: ([x, index], { axis }) => takeAlong(x.tensor, fromStart(index, x.shape[axis]), axis),
  Gemm: gemm,
  MatMul: ([a, b]) => matmul(a.tensor, b.tensor),
  OneHot: oneHot,
  ...{ ReduceLogSumExp: reduce(logSumExp), ReduceMax: reduce(max) },
  ...{ ReduceMean: reduce(mean), ReduceSum: reduce(sum) },
  ReverseSequence: reverseSequence,
  ScatterND: ([x, index, updates]) =>
    add(x.tensor, scatterAdd(updates.tensor, reshape(index.tensor, [-1]), x.shape[0])),
};

/** Activations, products and indexing through the ops of `tensors`. */
export const ops: Readonly<Record<string, Operator>> = { ...activations, ...linear };

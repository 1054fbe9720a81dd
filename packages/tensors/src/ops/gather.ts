import { isInteger } from '../dtype';
import { shapeError } from '../errors';
import { apply, asTensor, type Kernel, type Op, type TensorLike } from '../op';
import { normalizeAxis, type Shape, size, strides } from '../shape';
import type { Tensor } from '../tensor';
import { add, cast, mul } from './elementwise';
import { arange } from './generate';
import { reshape } from './reshape';
import { argsort } from './argsort';

function indexOf(where: string, index: Tensor): Tensor {
  if (!isInteger(index.dtype)) throw shapeError(where, 'an i32 or u32 index', index.dtype);
  return index;
}

// ---- rows by number, and their adjoint -------------------------------------------------------------------------------

/** Out-of-range numbers read row 0 … n − 1, whichever is nearer, on every device. */
const clampRow = (i: number, rows: number): number => Math.min(Math.max(i, 0), rows - 1);

const takeOp: Op<undefined> = {
  name: 'take',
  infer: ([x, index]) => ({ shape: [...index.shape, ...x.shape.slice(1)], dtype: x.dtype }),
  reference: ([x, index], _, out) => {
    const row = size(x.shape.slice(1));
    for (let i = 0; i < index.data.length; i++) {
      const at = clampRow(index.data[i], x.shape[0]) * row;
      out.data.set(x.data.subarray(at, at + row), i * row);
    }
  },
  vjp: (dy, { inputs: [x, index] }) => [scatterAdd(dy, index, x.shape[0]), undefined],
  lowering: { kind: 'lookup' },
};

const scatterOp: Op<{ rows: number }> = {
  name: 'scatterAdd',
  infer: ([x, index], { rows }) => ({ shape: [rows, ...x.shape.slice(index.shape.length)], dtype: x.dtype }),
  reference: ([x, index], { rows }, out) => {
    const row = size(out.shape.slice(1));
    for (let i = 0; i < index.data.length; i++) {
      const to = clampRow(index.data[i], rows) * row;
      for (let j = 0; j < row; j++) out.data[to + j] = out.data[to + j] + x.data[i * row + j];
    }
  },
  vjp: (dy, { inputs: [, index] }) => [take(dy, index), undefined],
  lowering: {
    kind: 'composite',
    expand: ([x, index], { rows }) => {
      const flat = reshape(index, [-1]);
      const order = argsort(cast(flat, 'f32'));
      return apply(segmentSumOp, [x, flat, order], { rows, index: index.shape });
    },
  },
};

/** Σ of the rows of x that go to each target, with the rows in sorted order: a binary search finds the first one. */
const segmentSumOp: Op<{ rows: number; index: Shape }> = {
  name: 'segmentSum',
  infer: ([x], { rows, index }) => ({ shape: [rows, ...x.shape.slice(index.length)], dtype: x.dtype }),
  reference: ([x, index], { rows }, out) => scatterOp.reference([x, index], { rows }, out),
  lowering: {
    kind: 'kernel',
    kernel: ([x], { rows, index }) => segmentSums(rows, size(index), size(x.shape.slice(index.length))),
  },
};

function segmentSums(rows: number, count: number, width: number): Kernel {
  const wgsl = `
  let row = i32(i / u(0));
  let column = i % u(0);
  var low = 0u;
  var high = u(1);
  while (low < high) {
    let middle = (low + high) / 2u;
    if (clamp(bitcast<i32>(b1[b2[middle]]), 0i, i32(u(2)) - 1i) < row) { low = middle + 1u; } else { high = middle; }
  }
  var total = 0.0;
  while (low < u(1)) {
    let source = b2[low];
    if (clamp(bitcast<i32>(b1[source]), 0i, i32(u(2)) - 1i) != row) { break; }
    total += bitcast<f32>(b0[source * u(0) + column]);
    low += 1u;
  }
  b3[i] = bitcast<u32>(total);`;
  return {
    steps: [
      {
        wgsl,
        workgroup: 64,
        buffers: [0, 1, 2, 'output'],
        numbers: [width, count, rows],
        invocations: rows * width,
        work: count * width,
      },
    ],
  };
}

/** Rows of x (its first axis) by number; the result has the index's shape and then the rows'. NumPy's `take(x, index, 0)`. */
export function take(x: TensorLike, index: TensorLike): Tensor {
  const [tensor, rows] = [asTensor(x), indexOf('take', asTensor(index))];
  if (tensor.shape.length === 0 || (tensor.shape[0] === 0 && rows.size > 0))
    throw shapeError('take', 'a tensor with at least one row', tensor.shape);
  return apply(takeOp, [tensor, rows], undefined);
}
take.op = takeOp;

/** The adjoint of `take`: a tensor of `rows` rows, each the sum of the rows of x sent to it, added in a fixed order. */
export function scatterAdd(x: TensorLike, index: TensorLike, rows: number): Tensor {
  const [tensor, target] = [asTensor(x), indexOf('scatterAdd', asTensor(index))];
  const fits = target.shape.every((n, d) => n === tensor.shape[d]);
  if (!fits || target.shape.length > tensor.shape.length)
    throw shapeError('scatterAdd', 'x whose leading axes are those of the index', tensor.shape, target.shape);
  if (!Number.isInteger(rows) || rows < Math.min(target.size, 1))
    throw shapeError('scatterAdd', 'a whole number of rows ≥ 1', `${rows}`);
  if (rows > 2 ** 24) throw shapeError('scatterAdd', 'at most 2^24 rows: they are sorted as f32', `${rows}`);
  return apply(scatterOp, [tensor, target], { rows });
}
scatterAdd.op = scatterOp;
scatterAdd.segments = segmentSumOp;

/** weight[index]: one row for each token.   weight: [tokens, features], index: [...] → [..., features] */
export const embedding = (weight: TensorLike, index: TensorLike): Tensor => take(weight, index);

// ---- elements along an axis ------------------------------------------------------------------------------------------

/** y[…, i, …] = x[…, index[…, i, …], …] along an axis: NumPy's `take_along_axis`, PyTorch's `gather`. */
export function takeAlong(x: TensorLike, index: TensorLike, axis = -1): Tensor {
  const [tensor, at] = [asTensor(x), indexOf('gather', asTensor(index))];
  const d = normalizeAxis(axis, tensor.shape.length);
  const fits = at.shape.length === tensor.shape.length && at.shape.every((n, k) => k === d || n === tensor.shape[k]);
  if (d === undefined || !fits)
    throw shapeError('gather', `an index that agrees with x but for axis ${axis}`, tensor.shape, at.shape);
  return take(reshape(tensor, [-1]), flatPlaces(at, tensor.shape, d));
}

/** PyTorch's name for `takeAlong`. */
export const gather = (x: TensorLike, axis: number, index: TensorLike): Tensor => takeAlong(x, index, axis);

/** The flat index in `shape` of every place that `index` names along `axis`. */
function flatPlaces(index: Tensor, shape: Shape, axis: number): Tensor {
  const steps = strides(shape);
  const lead = shape.map((n, d) =>
    reshape(
      mul(arange(d === axis ? 1 : n, 'i32'), steps[d]),
      shape.map((_, k) => (k === d && d !== axis ? n : 1)),
    ),
  );
  return lead.reduce((flat, part) => add(flat, part), mul(cast(index, 'i32'), steps[axis]));
}

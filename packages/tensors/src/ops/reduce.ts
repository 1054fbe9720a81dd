import { isFloat } from '../dtype';
import { shapeError } from '../errors';
import { asTensor, type Op, type TensorLike } from '../op';
import { scalar, type Tensor } from '../tensor';
import {
  type Axes,
  normalizeAxes,
  type ReduceOptions,
  reducedShape,
  reduceReference,
  reduceWith,
  sum,
  unreduce,
} from './broadcast';
import { add, cast, div, equal, exp, log, mul, stopGradient, sub, where, isFinite } from './elementwise';
import { arange } from './generate';
import { knownAs } from './known-as';
import { reshape } from './reshape';

/** max or min: equal extremes share the gradient, as NumPy users of JAX and PyTorch's amax know it. */
function extreme(
  name: 'max' | 'min',
  start: number,
  pick: (a: number, b: number) => number,
): Op<{ axes: readonly number[] }> {
  return {
    name,
    infer: ([x], { axes }) => {
      if (axes.some((d) => x.shape[d] === 0))
        throw shapeError(name, 'at least one element along the reduced axes', x.shape);
      return { shape: reducedShape(x.shape, axes), dtype: x.dtype };
    },
    reference: ([x], { axes }, out) => reduceReference(x, axes, out, start, pick),
    vjp: (dy, { inputs: [x], output, attrs: { axes } }) => {
      const isExtreme = cast(equal(x, unreduce(output, x.shape, axes)), dy.dtype);
      const share = div(dy, sum(isExtreme, axes));
      return [mul(isExtreme, unreduce(share, x.shape, axes))];
    },
    lowering: { kind: 'reduce', combine: name, axes: ({ axes }) => axes },
  };
}

const maxOp = extreme('max', -Infinity, Math.max);
const minOp = extreme('min', Infinity, Math.min);

/** Largest element over the given axes. */
export const max = (x: TensorLike, axes?: Axes, options: ReduceOptions = {}): Tensor =>
  reduceWith(maxOp, numeric('max', x), axes, options);
max.op = maxOp;
/** Smallest element over the given axes. */
export const min = (x: TensorLike, axes?: Axes, options: ReduceOptions = {}): Tensor =>
  reduceWith(minOp, numeric('min', x), axes, options);
min.op = minOp;

function float(where: string, x: TensorLike): Tensor {
  const tensor = asTensor(x);
  if (!isFloat(tensor.dtype)) throw shapeError(where, 'floats (cast integers to f32)', `${tensor}`);
  return tensor;
}

function numeric(where: string, x: TensorLike): Tensor {
  const tensor = asTensor(x);
  if (tensor.dtype === 'bool') throw shapeError(where, 'numbers (cast bools to i32 or f32)', `${tensor}`);
  return tensor;
}

/** Mean over the given axes. */
export function mean(x: TensorLike, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const tensor = float('mean', x);
  const count = normalizeAxes('mean', axes, tensor.shape).reduce((n, d) => n * tensor.shape[d], 1);
  return mul(sum(tensor, axes, options), 1 / count);
}

/** Index of the first largest element along an axis, as `i32`. */
export function argmax(x: TensorLike, axis = -1, options: ReduceOptions = {}): Tensor {
  const tensor = numeric('argmax', x);
  const [d] = normalizeAxes('argmax', axis, tensor.shape);
  const n = tensor.shape[d];
  if (n === 0) throw shapeError('argmax', 'at least one element along the reduced axes', tensor.shape);
  const index = reshape(
    arange(n, 'i32'),
    tensor.shape.map((_, k) => (k === d ? n : 1)),
  );
  const isLargest = equal(tensor, max(tensor, d, { keepDims: true }));
  return min(where(isLargest, index, scalar(n, 'i32')), d, options);
}

/** log Σ eˣ over the given axes, shifted by the maximum so that it neither overflows nor loses the small. */
export function logSumExp(x: TensorLike, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const tensor = float('logSumExp', x);
  const list = normalizeAxes('logSumExp', axes, tensor.shape);
  const top = stopGradient(max(tensor, list, { keepDims: true })); // the shift cancels, so its gradient does too
  const isSum = isFinite(top); // else the result is the infinity itself: log 0 is not −∞ on every GPU
  const total = sum(exp(sub(tensor, where(isSum, top, 0))), list, { keepDims: true });
  const shifted = knownAs(where(isSum, add(log(where(isSum, total, 1)), top), top), 'logSumExp', [tensor], {
    axes: list,
  });
  return options.keepDims ? shifted : reshape(shifted, reducedShape(tensor.shape, list));
}

/** eˣ / Σ eˣ along an axis. */
export function softmax(x: TensorLike, axis = -1): Tensor {
  const tensor = float('softmax', x);
  const [d] = normalizeAxes('softmax', axis, tensor.shape);
  const top = stopGradient(max(tensor, d, { keepDims: true })); // the shift cancels, so its gradient does too
  const e = exp(sub(tensor, top));
  return knownAs(div(e, sum(e, d, { keepDims: true })), 'softmax', [tensor], { axes: [d] });
}

/** x − log Σ eˣ along an axis, both less the maximum: the difference of two large numbers has few digits left. */
export function logSoftmax(x: TensorLike, axis = -1): Tensor {
  const tensor = float('logSoftmax', x);
  const [d] = normalizeAxes('logSoftmax', axis, tensor.shape);
  const top = stopGradient(max(tensor, d, { keepDims: true })); // the shift cancels, so its gradient does too
  const shifted = sub(tensor, where(isFinite(top), top, 0));
  const value = sub(shifted, log(sum(exp(shifted), d, { keepDims: true })));
  return knownAs(value, 'logSoftmax', [tensor], { axes: [d] });
}

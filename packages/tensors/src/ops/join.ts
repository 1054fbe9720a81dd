import { shift, type Affine } from '../affine';
import { shapeError } from '../errors';
import { apply, asTensor, operands, type Op, sameDType, type TensorLike } from '../op';
import { forEachCoord, range, sameShape, strides } from '../shape';
import type { Tensor } from '../tensor';
import { axisOf, slice } from './movement';
import { reshape } from './reshape';

const concatOp: Op<{ axis: number }> = {
  name: 'concat',
  infer: (inputs, { axis }) => {
    const [first] = inputs;
    const fits = inputs.every(
      (x) => x.shape.length === first.shape.length && x.shape.every((n, d) => d === axis || n === first.shape[d]),
    );
    if (!fits) throw shapeError('concat', `shapes that agree but for axis ${axis}`, ...inputs.map((x) => x.shape));
    const length = inputs.reduce((total, x) => total + x.shape[axis], 0);
    return { shape: first.shape.map((n, d) => (d === axis ? length : n)), dtype: sameDType('concat', inputs) };
  },
  reference: (inputs, { axis }, out) => {
    const steps = strides(out.shape);
    let start = 0;
    for (const x of inputs) {
      forEachCoord(
        x.shape,
        (i, coords) => (out.data[coords.reduce((at, c, d) => at + c * steps[d], start * steps[axis])] = x.data[i]!),
      );
      start += x.shape[axis];
    }
  },
  vjp: (dy, { inputs, attrs: { axis } }) =>
    split(
      dy,
      inputs.map((x) => x.shape[axis]),
      axis,
    ),
  lowering: {
    kind: 'movement',
    pieces: (coords, { axis }, inputs) => {
      let start = 0;
      return inputs.map((shape, input) => {
        const index: Affine = shift(coords[axis], -start);
        start += shape[axis];
        const moved = coords.map((c, d) => (d === axis ? index : c));
        return { input, coords: moved, inside: [{ kind: 'range' as const, index, size: shape[axis] }] };
      });
    },
  },
};

/** The tensors one after the other along an axis. */
export function concat(list: readonly TensorLike[], axis = 0): Tensor {
  const tensors = operands('concat', list);
  if (tensors.length === 0) throw shapeError('concat', 'at least one tensor', 'none');
  return tensors.length === 1
    ? tensors[0]
    : apply(concatOp, tensors, { axis: axisOf('concat', axis, tensors[0].shape) });
}
concat.op = concatOp;

/** The tensors along a new axis. */
export function stack(list: readonly TensorLike[], axis = 0): Tensor {
  const tensors = operands('stack', list);
  if (tensors.length === 0) throw shapeError('stack', 'at least one tensor', 'none');
  const other = tensors.find((x) => !sameShape(x.shape, tensors[0].shape));
  if (other) throw shapeError('stack', 'tensors of one shape', tensors[0].shape, other.shape);
  const d = axisOf('stack', axis, [...tensors[0].shape, 1]);
  return concat(
    tensors.map((x) => reshape(x, [...x.shape.slice(0, d), 1, ...x.shape.slice(d)])),
    d,
  );
}

/** Pieces of the given lengths along an axis; a number means that many equal pieces. */
export function split(x: TensorLike, lengths: number | readonly number[], axis = 0): Tensor[] {
  const tensor = asTensor(x);
  const d = axisOf('split', axis, tensor.shape);
  const list = typeof lengths === 'number' ? range(lengths).map(() => tensor.shape[d] / lengths) : lengths;
  if (!list.every(Number.isInteger) || list.reduce((a, b) => a + b, 0) !== tensor.shape[d])
    throw shapeError('split', `lengths that add up to ${tensor.shape[d]} along axis ${d}`, `[${list.join(', ')}]`);
  let start = 0;
  return list.map((length) => {
    const starts = tensor.shape.map((_, k) => (k === d ? start : 0));
    const ends = tensor.shape.map((n, k) => (k === d ? start + length : n));
    start += length;
    return slice(tensor, starts, ends);
  });
}

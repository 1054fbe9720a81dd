import { ravel, unravel } from '../affine';
import { shapeError } from '../errors';
import { apply, type Op, type TensorLike } from '../op';
import { sameShape, type Shape, size } from '../shape';
import { asTensor } from '../op';
import type { Tensor } from '../tensor';

const reshapeOp: Op<{ shape: Shape }> = {
  name: 'reshape',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  reference: ([x], _, out) => out.data.set(x.data),
  vjp: (dy, { inputs: [x] }) => [reshape(dy, x.shape)],
  lowering: {
    kind: 'movement',
    pieces: (coords, { shape }, [input]) => [{ input: 0, coords: unravel(ravel(coords, shape), input) }],
  },
};

/** The same elements in row-major order under another shape; one axis may be −1 and is worked out. */
export function reshape(x: TensorLike, shape: Shape): Tensor {
  const tensor = asTensor(x);
  const target = inferAxis(tensor, shape);
  return sameShape(tensor.shape, target) ? tensor : apply(reshapeOp, [tensor], { shape: target });
}
reshape.op = reshapeOp;

function inferAxis(x: Tensor, shape: Shape): Shape {
  const known = size(shape.filter((n) => n !== -1));
  const free = shape.filter((n) => n === -1).length;
  const filled = free === 1 && known > 0 ? shape.map((n) => (n === -1 ? x.size / known : n)) : shape;
  const valid = free <= 1 && filled.every((n) => Number.isInteger(n) && n >= 0) && size(filled) === x.size;
  if (!valid) throw shapeError('reshape', `a shape of ${x.size} elements for ${x}`, shape);
  return filled;
}

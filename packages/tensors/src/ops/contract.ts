import { isFloat } from '../dtype';
import { shapeError } from '../errors';
import { apply, type ContractDims, type HostArray, operands, type Op, sameDType, type TensorLike } from '../op';
import { broadcastShapes, forEachCoord, range, type Shape, size, strides } from '../shape';
import type { Tensor } from '../tensor';
import { broadcastTo } from './broadcast';
import { permute } from './movement';
import { reshape } from './reshape';

const freeAxes = (rank: number, used: readonly number[]): number[] => range(rank).filter((d) => !used.includes(d));

/** Axes of a product: the free axes of both operands beside the batched and contracted ones. */
export function contractAxes(a: Shape, b: Shape, { batch, contract }: ContractDims) {
  const freeA = freeAxes(a.length, [...batch[0], ...contract[0]]);
  const freeB = freeAxes(b.length, [...batch[1], ...contract[1]]);
  return { freeA, freeB };
}

const pickFrom = (values: readonly number[], axes: readonly number[]): number[] => axes.map((d) => values[d]);

/** Flat offsets of every place of the given axes, in row-major order. */
function offsets(shape: Shape, axes: readonly number[]): Uint32Array {
  const steps = pickFrom(strides(shape), axes);
  const sizes = pickFrom(shape, axes);
  const out = new Uint32Array(size(sizes));
  forEachCoord(sizes, (i, coords) => (out[i] = coords.reduce((at, c, d) => at + c * steps[d], 0)));
  return out;
}

interface Offsets {
  readonly batch: readonly [Uint32Array, Uint32Array];
  readonly m: Uint32Array;
  readonly n: Uint32Array;
  readonly k: readonly [Uint32Array, Uint32Array];
}

function allOffsets(a: HostArray, b: HostArray, dims: ContractDims): Offsets {
  const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
  return {
    batch: [offsets(a.shape, dims.batch[0]), offsets(b.shape, dims.batch[1])],
    m: offsets(a.shape, freeA),
    n: offsets(b.shape, freeB),
    k: [offsets(a.shape, dims.contract[0]), offsets(b.shape, dims.contract[1])],
  };
}

const contractOp: Op<ContractDims> = {
  name: 'contract',
  infer: ([a, b], dims) => {
    const { freeA, freeB } = contractAxes(a.shape, b.shape, dims);
    const dtype = sameDType('contract', [a, b]);
    if (!isFloat(dtype)) throw shapeError('contract', 'floats', dtype);
    return {
      shape: [...pickFrom(a.shape, dims.batch[0]), ...pickFrom(a.shape, freeA), ...pickFrom(b.shape, freeB)],
      dtype,
    };
  },
  reference: ([a, b], dims, out) => {
    const { batch, m, n, k } = allOffsets(a, b, dims);
    let at = 0;
    for (let z = 0; z < batch[0].length; z++)
      for (const row of m)
        for (const column of n) {
          let dot = 0;
          for (let i = 0; i < k[0].length; i++)
            dot += a.data[batch[0][z] + row + k[0][i]] * b.data[batch[1][z] + column + k[1][i]];
          out.data[at++] = dot;
        }
  },
  // Row by row: the innermost loop walks a packed row of b and a row of sums, both contiguous.
  fast: ([a, b], dims, out) => {
    const { batch, m, n, k } = allOffsets(a, b, dims);
    const packed = new Float64Array(k[0].length * n.length);
    const sums = new Float64Array(n.length);
    for (let z = 0; z < batch[0].length; z++) {
      packRows(b, batch[1][z], k[1], n, packed);
      for (let row = 0; row < m.length; row++) {
        sums.fill(0);
        for (let i = 0; i < k[0].length; i++)
          addScaled(sums, a.data[batch[0][z] + m[row] + k[0][i]], packed, i * n.length);
        out.data.set(sums, (z * m.length + row) * n.length);
      }
    }
  },
  vjp: (dy, { inputs: [a, b], attrs }) => [gradient(dy, a, b, attrs, 0), gradient(dy, b, a, attrs, 1)],
  lowering: { kind: 'contract', dims: (dims) => dims },
};

function packRows(b: HostArray, start: number, k: Uint32Array, n: Uint32Array, packed: Float64Array): void {
  let at = 0;
  for (const row of k) for (const column of n) packed[at++] = b.data[start + row + column]!;
}

function addScaled(sums: Float64Array, factor: number, rows: Float64Array, start: number): void {
  if (factor === 0) return finiteSkip(sums, rows, start);
  for (let j = 0; j < sums.length; j++) sums[j] = sums[j] + factor * rows[start + j];
}

/** One-hot rows are mostly zeros: 0 · x is 0 unless x is NaN or infinite, and then the sum must say so. */
function finiteSkip(sums: Float64Array, rows: Float64Array, start: number): void {
  for (let j = 0; j < sums.length; j++) if (!Number.isFinite(rows[start + j])) sums[j] = NaN;
}

/** Gradient of the operand on `side`: dy contracted with the other operand, its axes put back in order. */
function gradient(dy: Tensor, self: Tensor, other: Tensor, { batch, contract }: ContractDims, side: 0 | 1): Tensor {
  const there = side === 0 ? 1 : 0;
  const free = freeAxes(self.shape.length, [...batch[side], ...contract[side]]);
  const otherFree = freeAxes(other.shape.length, [...batch[there], ...contract[there]]);
  const batched = batch[0].length;
  const firstOther = batched + (side === 0 ? free.length : 0);
  const product = contractGeneral(dy, other, {
    batch: [range(batched), batch[there]],
    contract: [otherFree.map((_, i) => firstOther + i), otherFree],
  });
  // The product's axes: batch, own free axes, then the contracted axes in the order in which the other operand has them.
  const rest = freeAxes(other.shape.length, [...batch[there], ...otherFree]);
  const order = [...batch[side], ...free, ...rest.map((d) => contract[side][contract[there].indexOf(d)])];
  return permute(
    product,
    range(order.length).map((d) => order.indexOf(d)),
  );
}

/** Σ over paired axes of a and b, batched over others: XLA's DotGeneral. The result is [batch, free of a, free of b]. */
export function contractGeneral(a: TensorLike, b: TensorLike, dims: ContractDims): Tensor {
  const [x, y] = operands('contract', [a, b]);
  const fits = (pair: readonly [readonly number[], readonly number[]]) =>
    pair[0].length === pair[1].length && pair[0].every((d, i) => x.shape[d] === y.shape[pair[1][i]]);
  if (!fits(dims.batch) || !fits(dims.contract))
    throw shapeError(
      'contract',
      `paired axes of one length (batch ${JSON.stringify(dims.batch)}, contract ${JSON.stringify(dims.contract)})`,
      x.shape,
      y.shape,
    );
  return apply(contractOp, [x, y], dims);
}
contractGeneral.op = contractOp;

/**
 * Matrix product over the last two axes, [..., m, k] · [..., k, n] → [..., m, n], leading axes broadcast; a 1-d operand
 * is a row on the left and a column on the right, as in NumPy.
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  const [x, y] = operands('matmul', [a, b]);
  if (x.shape.length === 0 || y.shape.length === 0 || x.shape.at(-1) !== y.shape.at(y.shape.length > 1 ? -2 : -1))
    throw shapeError('matmul', 'operands [..., m, k] and [..., k, n]', x.shape, y.shape);
  if (y.shape.length <= 2) return contractGeneral(x, y, { batch: [[], []], contract: [[x.shape.length - 1], [0]] });
  if (x.shape.length === 1) return reshape(matmul(reshape(x, [1, -1]), y), [...y.shape.slice(0, -2), y.shape.at(-1)!]);
  return batched(x, y);
}

function batched(x: Tensor, y: Tensor): Tensor {
  const lead = broadcastShapes(x.shape.slice(0, -2), y.shape.slice(0, -2));
  if (!lead) throw shapeError('matmul', 'leading axes that broadcast together', x.shape, y.shape);
  const axes = range(lead.length);
  const [p, q] = [x, y].map((t) => broadcastTo(t, [...lead, ...t.shape.slice(-2)]));
  return contractGeneral(p, q, { batch: [axes, axes], contract: [[lead.length + 1], [lead.length]] });
}

import { shapeError } from '../errors';
import { apply, asTensor, type Kernel, type Op, type TensorLike } from '../op';
import { normalizeAxis, type Shape } from '../shape';
import type { Tensor } from '../tensor';
import { isFloat } from '../dtype';
import { add } from './elementwise';
import { flip, pad, permute, slice } from './movement';
import { reshape } from './reshape';

/** Length up to which one invocation adds up a row by itself; longer rows are cut into blocks of it. */
const blockLength = 256;

const cumsumOp: Op<undefined> = {
  name: 'cumsum',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  reference: ([x], _, out) => {
    const n = x.shape.at(-1)!;
    for (let start = 0; start < out.data.length; start += n) {
      let total = 0;
      for (let i = start; i < start + n; i++) out.data[i] = total += x.data[i];
    }
  },
  vjp: (dy) => [flip(cumsumRows(flip(dy, -1)), -1)],
  lowering: { kind: 'composite', expand: ([x]) => inBlocks(x) },
};

const rowsOp: Op<undefined> = {
  ...cumsumOp,
  name: 'cumsumRows',
  lowering: { kind: 'kernel', kernel: ([x]) => serialSums(x.shape) },
};

function serialSums(shape: Shape): Kernel {
  const n = shape.at(-1)!;
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const wgsl = `
  var total = 0.0;
  for (var k = 0u; k < u(0); k += 1u) {
    total += bitcast<f32>(b0[i * u(0) + k]);
    b1[i * u(0) + k] = bitcast<u32>(total);
  }`;
  return { steps: [{ wgsl, workgroup: 64, buffers: [0, 'output'], numbers: [n], invocations: rows, work: rows * n }] };
}

/** Sums inside blocks of 256, then the sums of the blocks before are added. */
function inBlocks(x: Tensor): Tensor {
  const n = x.shape.at(-1)!;
  const lead = x.shape.slice(0, -1);
  if (n <= blockLength) return apply(rowsOp, [x], undefined);
  const blocks = Math.ceil(n / blockLength);
  const padded = pad(x, [...lead.map(() => [0, 0] as const), [0, blocks * blockLength - n]]);
  const inner = apply(rowsOp, [reshape(padded, [...lead, blocks, blockLength])], undefined);
  const totals = slice(inner, [...lead.map(() => 0), 0, blockLength - 1]);
  const sums = inBlocks(reshape(totals, [...lead, blocks]));
  const before = pad(slice(sums, [], [...lead.map(() => undefined), blocks - 1]), [
    ...lead.map(() => [0, 0] as const),
    [1, 0],
  ]);
  const whole = reshape(add(inner, reshape(before, [...lead, blocks, 1])), [...lead, blocks * blockLength]);
  return slice(whole, [], [...lead.map(() => undefined), n]);
}

const cumsumRows = (x: Tensor): Tensor => apply(cumsumOp, [x], undefined);

/** Running sums along an axis. */
export function cumsum(x: TensorLike, axis = -1): Tensor {
  const tensor = asTensor(x);
  const rank = tensor.shape.length;
  const d = normalizeAxis(axis, rank);
  if (d === undefined) throw shapeError('cumsum', `an axis in [−${rank}, ${rank})`, `${axis}`);
  if (!isFloat(tensor.dtype)) throw shapeError('cumsum', 'floats (cast integers to f32)', tensor.dtype);
  const order = tensor.shape.map((_, k) => (k === d ? rank - 1 : k === rank - 1 ? d : k));
  return permute(cumsumRows(permute(tensor, order)), order);
}
cumsum.op = cumsumOp;

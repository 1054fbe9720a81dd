import { shapeError } from '../errors';
import { apply, asTensor, type KernelStep, type Op, type TensorLike } from '../op';
import { normalizeAxis } from '../shape';
import type { Tensor } from '../tensor';
import { cast } from './elementwise';
import { permute } from './movement';

/** Stable order of each row: indices from the smallest to the largest; NaN is as large as it gets. */
function order(row: ArrayLike<number>): number[] {
  const key = (x: number) => (Number.isNaN(x) ? Infinity : x);
  return Array.from(row, (_, i) => i).sort((i, j) => key(row[i]) - key(row[j]) || i - j);
}

const nextPowerOfTwo = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(n, 2)));

/** One exchange of the bitonic network on (key, index) pairs in scratch: partners are `stride` apart, runs `block` long. */
const exchange = `
  let half = u(0) / 2u;
  let row = i / half;
  let k = i % half;
  let low = row * u(0) + (k / u(2)) * 2u * u(2) + k % u(2);
  let high = low + u(2);
  let a = b1[low];
  let b = b1[high];
  let x = bitcast<f32>(b0[low]);
  let y = bitcast<f32>(b0[high]);
  let after = x > y || (x == y && a > b);
  let upwards = ((low % u(0)) & u(1)) == 0u;
  if (after == upwards) {
    b1[low] = b; b1[high] = a;
    b0[low] = bitcast<u32>(y); b0[high] = bitcast<u32>(x);
  }`;

const load = `
  let row = i / u(0);
  let column = i % u(0);
  let inside = column < u(1);
  let bits = b0[row * u(1) + min(column, u(1) - 1u)];
  let isNumber = (bits & 0x7fffffffu) <= 0x7f800000u;
  b1[i] = select(0x7f800000u, bits, inside && isNumber); // NaN and padding sort as infinity, padding by its index after all
  b2[i] = column;`;

const store = `
  b1[i] = b0[(i / u(1)) * u(0) + i % u(1)];`;

function bitonic(rows: number, n: number): KernelStep[] {
  const padded = nextPowerOfTwo(n);
  const step = (wgsl: string, buffers: KernelStep['buffers'], numbers: number[], invocations: number): KernelStep => ({
    wgsl,
    workgroup: 64,
    buffers,
    numbers,
    invocations,
    work: invocations,
  });
  const steps = [step(load, [0, 'scratch:keys', 'scratch:index'], [padded, n], rows * padded)];
  for (let block = 2; block <= padded; block *= 2)
    for (let stride = block / 2; stride >= 1; stride /= 2)
      steps.push(step(exchange, ['scratch:keys', 'scratch:index'], [padded, block, stride], (rows * padded) / 2));
  return [...steps, step(store, ['scratch:index', 'output'], [padded, n], rows * n)];
}

const argsortOp: Op<undefined> = {
  name: 'argsort',
  infer: ([x]) => {
    if (x.dtype !== 'f32' && x.dtype !== 'f64') throw shapeError('argsort', 'floats (cast integers to f32)', x.dtype);
    return { shape: x.shape, dtype: 'i32' };
  },
  reference: ([x], _, out) => {
    const n = x.shape.at(-1)!;
    for (let start = 0; start < out.data.length; start += n)
      out.data.set(order(x.data.subarray(start, start + n)), start);
  },
  lowering: {
    kind: 'kernel',
    kernel: ([x]) => {
      const n = x.shape.at(-1)!;
      const rows = n === 0 ? 0 : x.shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const words = rows * nextPowerOfTwo(n);
      return { steps: rows === 0 ? [] : bitonic(rows, n), scratch: { keys: words, index: words } };
    },
  },
};

/** Indices (`i32`) that sort x along an axis, smallest first; equal elements keep their order. */
export function argsort(x: TensorLike, axis = -1): Tensor {
  const tensor = widened(asTensor(x));
  const rank = tensor.shape.length;
  const d = normalizeAxis(axis, rank);
  if (d === undefined) throw shapeError('argsort', `an axis in [−${rank}, ${rank})`, `${axis}`);
  const swapped = swapLast(rank, d);
  return permute(apply(argsortOp, [permute(tensor, swapped)], undefined), swapped);
}
argsort.op = argsortOp;

const widened = (x: Tensor): Tensor => (x.dtype === 'f16' ? cast(x, 'f32') : x);

const swapLast = (rank: number, axis: number): number[] =>
  Array.from({ length: rank }, (_, d) => (d === axis ? rank - 1 : d === rank - 1 ? axis : d));

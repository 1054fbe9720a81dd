import { shapeError } from '../errors';
import { apply, operands, type Op, sameDType, type TensorLike } from '../op';
import { range, type Shape } from '../shape';
import type { Tensor } from '../tensor';
import { contractGeneral } from './contract';
import {
  axpy,
  axpyFrom,
  type ConvAttrs,
  dot,
  eachProduct,
  eachTap,
  outputLength,
  packTaps,
  unpackTaps,
} from './conv-loops';
import { mul } from './elementwise';
import { concat } from './join';
import { flip, pad, permute, slice } from './movement';
import { reshape } from './reshape';
import { windows } from './windows';
import { largeWork } from '../webgpu/kernels/parts';

/*
 * One trilinear form, T(x, w, dy) = Σ x[b, l·stride + t·dilation, c] · w[o, c, t] · dy[b, l, o], and its three derivatives:
 * the convolution (by dy), its input gradient (by x) and its weight gradient (by w). The gradient of each is the other two.
 */
const convOp: Op<ConvAttrs> = {
  name: 'conv1d',
  infer: ([x, w], attrs) => ({
    shape: [x.shape[0], outputLength(attrs), w.shape[0]],
    dtype: sameDType('conv1d', [x, w]),
  }),
  reference: ([x, w], attrs, out) => {
    const sums = new Float64Array(out.data.length);
    eachProduct(x.shape[0], x.shape[2], w.shape[0], attrs, (i, j, k) => (sums[k] = sums[k] + x.data[i] * w.data[j]));
    out.data.set(sums);
  },
  fast: ([x, w], attrs, out) => {
    const taps = packTaps(w, attrs);
    const sums = new Float64Array(out.data.length);
    eachTap(x.shape, w.shape[0], attrs, (i, row, y, n) => axpy(sums, y, x.data[i], taps, row, n));
    out.data.set(sums);
  },
  vjp: (dy, { inputs: [x, w], attrs }) => [inputGradient(dy, w, attrs), weightGradient(x, dy, attrs)],
  lowering: { kind: 'composite', expand: ([x, w], attrs) => asProduct(x, w, attrs) },
};

const inputGradientOp: Op<ConvAttrs> = {
  name: 'conv1dInputGradient',
  infer: ([dy, w], { length, groups }) => ({
    shape: [dy.shape[0], length, w.shape[1] * groups],
    dtype: sameDType('conv1d', [dy, w]),
  }),
  reference: ([dy, w], attrs, out) => {
    const sums = new Float64Array(out.data.length);
    eachProduct(
      dy.shape[0],
      out.shape[2],
      w.shape[0],
      attrs,
      (i, j, k) => (sums[i] = sums[i] + dy.data[k] * w.data[j]),
    );
    out.data.set(sums);
  },
  fast: ([dy, w], attrs, out) => {
    const taps = packTaps(w, attrs);
    const sums = new Float64Array(out.data.length);
    eachTap(out.shape, w.shape[0], attrs, (i, row, y, n) => (sums[i] = sums[i] + dot(dy.data, y, taps, row, n)));
    out.data.set(sums);
  },
  vjp: (dz, { inputs: [dy, w], attrs }) => [convolve(dz, w, attrs), weightGradient(dz, dy, attrs)],
  lowering: { kind: 'composite', expand: ([dy, w], attrs) => asTransposedConv(dy, w, attrs) },
};

const weightGradientOp: Op<ConvAttrs> = {
  name: 'conv1dWeightGradient',
  infer: ([x, dy], { groups, width }) => ({
    shape: [dy.shape[2], x.shape[2] / groups, width],
    dtype: sameDType('conv1d', [x, dy]),
  }),
  reference: ([x, dy], attrs, out) => {
    const sums = new Float64Array(out.data.length);
    eachProduct(x.shape[0], x.shape[2], dy.shape[2], attrs, (i, j, k) => (sums[j] = sums[j] + x.data[i] * dy.data[k]));
    out.data.set(sums);
  },
  fast: ([x, dy], attrs, out) => {
    const taps = new Float64Array(out.data.length);
    eachTap(x.shape, dy.shape[2], attrs, (i, row, y, n) => axpyFrom(taps, row, x.data[i], dy.data, y, n));
    unpackTaps(taps, out, attrs);
  },
  vjp: (dw, { inputs: [x, dy], attrs }) => [inputGradient(dy, dw, attrs), convolve(x, dw, attrs)],
  lowering: { kind: 'composite', expand: ([x, dy], attrs) => asWeightProduct(x, dy, attrs) },
};

const convolve = (x: Tensor, w: Tensor, attrs: ConvAttrs): Tensor => apply(convOp, [x, w], attrs);
const inputGradient = (dy: Tensor, w: Tensor, attrs: ConvAttrs): Tensor => apply(inputGradientOp, [dy, w], attrs);
const weightGradient = (x: Tensor, dy: Tensor, attrs: ConvAttrs): Tensor => apply(weightGradientOp, [x, dy], attrs);

// ---- the GPU's form: products of views -------------------------------------------------------------------------------

/** x [b, l, g·c] → windows [g, b, l', t, c]: for stride and dilation 1 and one group, matrix rows that overlap in memory. */
function groupedWindows(x: Tensor, { groups, ...attrs }: ConvAttrs): Tensor {
  const [batch, , channels] = x.shape;
  const view = windows(x, attrs);
  const grouped = reshape(view, [batch, view.shape[1], attrs.width, groups, channels / groups]);
  return permute(grouped, [3, 0, 1, 2, 4]);
}

/** The convolution as one product: windows [g, b, l', (t, c)] times taps [g, (t, c), o]. */
function asProduct(x: Tensor, w: Tensor, attrs: ConvAttrs): Tensor {
  const { groups, width } = attrs;
  const [outputs, inner] = w.shape;
  const view = permute(reshape(w, [groups, outputs / groups, inner, width]), [0, 3, 2, 1]);
  const work = 2 * x.shape[0] * outputLength(attrs) * w.size;
  const taps = work < largeWork ? view : mul(view, 1); // times 1, so that it is stored: read in fours, a large product takes half as long
  const y = contractGeneral(groupedWindows(x, attrs), taps, {
    batch: [[0], [0]],
    contract: [
      [3, 4],
      [1, 2],
    ],
  });
  return joinGroups(y, [x.shape[0], outputLength(attrs), outputs]);
}

/** y [g, b, l, o] → [b, l, g·o]. */
const joinGroups = (y: Tensor, shape: Shape): Tensor => reshape(permute(y, [1, 2, 0, 3]), shape);

/** dx = dy, its rows spread by the stride and padded, convolved with the mirrored taps. */
function asTransposedConv(dy: Tensor, w: Tensor, attrs: ConvAttrs): Tensor {
  const { stride, dilation, groups, length, width } = attrs;
  const [outputs, inner] = w.shape;
  const reach = (width - 1) * dilation;
  const spread = (dy.shape[1] - 1) * stride + 1;
  const padded = pad(
    dy,
    [
      [0, 0],
      [reach, length - spread],
      [0, 0],
    ],
    { dilation: [1, stride, 1] },
  );
  const swapped = permute(reshape(flip(w, 2), [groups, outputs / groups, inner, width]), [0, 2, 1, 3]);
  const mirrored = reshape(swapped, [groups * inner, outputs / groups, width]);
  return convolve(padded, mirrored, { stride: 1, dilation, groups, length: padded.shape[1], width });
}

/** dw = windowsᵀ · dy, summed over batch and length. */
function asWeightProduct(x: Tensor, dy: Tensor, attrs: ConvAttrs): Tensor {
  const { groups, width } = attrs;
  const [batch, count, outputs] = dy.shape;
  const view = groupedWindows(x, attrs);
  const rows = permute(reshape(dy, [batch, count, groups, outputs / groups]), [2, 0, 1, 3]);
  const dw = contractGeneral(view, rows, {
    batch: [[0], [0]],
    contract: [
      [1, 2],
      [1, 2],
    ],
  }); // [g, t, c, o]
  return reshape(permute(dw, [0, 3, 2, 1]), [outputs, x.shape[2] / groups, width]);
}

// ---- the public function -----------------------------------------------------------------------------------------

/** What stands beyond the ends of a sequence that is convolved. */
export type Padding = 'valid' | 'same' | 'causal' | 'circular';

/** How a kernel walks along a sequence. */
export interface Conv1dOptions {
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  /** `valid` (none), `same` (zeros on both sides), `causal` (zeros before), `circular` (the other end). */
  readonly padding?: Padding;
}

/**
 * y[b, l, o] = Σ x[b, l·stride + t·dilation, c] · w[o, c, t].   x: [batch, length, in], w: [out, in / groups, width] → [batch, length', out].
 * A cross-correlation, as in PyTorch: the kernel is not flipped.
 */
export function conv1d(
  x: TensorLike,
  w: TensorLike,
  { stride = 1, dilation = 1, groups = 1, padding = 'valid' }: Conv1dOptions = {},
): Tensor {
  const [input, weight] = operands('conv1d', [x, w]);
  checkConv(input.shape, weight.shape, { stride, dilation, groups });
  const width = weight.shape[2];
  const padded = padSequence(input, padding, (width - 1) * dilation);
  const length = padded.shape[1];
  if (length < (width - 1) * dilation + 1)
    throw shapeError(
      'conv1d',
      `length ≥ ${(width - 1) * dilation + 1} for width ${width} and dilation ${dilation}`,
      input.shape,
    );
  return convolve(padded, weight, { stride, dilation, groups, length, width });
}
conv1d.op = convOp;
conv1d.inputGradient = inputGradientOp;
conv1d.weightGradient = weightGradientOp;

function checkWalk(where: string, options: { stride: number; dilation: number; groups: number }): void {
  for (const [name, value] of Object.entries(options))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${where}: ${name} (${value}) must be a whole number ≥ 1`);
}

function checkConv(x: Shape, w: Shape, options: { stride: number; dilation: number; groups: number }): void {
  if (x.length !== 3) throw shapeError('conv1d', 'input [batch, length, channels]', x);
  if (w.length !== 3) throw shapeError('conv1d', 'weight [out, in / groups, width]', w);
  checkWalk('conv1d', options);
  const { groups } = options;
  if (x[2] % groups !== 0 || w[0] % groups !== 0)
    throw new RangeError(`conv1d: groups (${groups}) must divide channels (${x[2]}) and outputs (${w[0]})`);
  if (w[1] !== x[2] / groups)
    throw shapeError('conv1d', `weight with ${x[2] / groups} input channels for input [${x.join(', ')}]`, w);
}

/**
 * y[b, l·stride + t·dilation, o] = Σ x[b, l, c] · w[c, o, t]: what `conv1d` does to a gradient, each position spread over a
 * window.   x: [batch, length, in], w: [in, out / groups, width] → [batch, (length − 1)·stride + (width − 1)·dilation + 1, out].
 * PyTorch's `conv_transpose1d`.
 */
export function convTranspose1d(
  x: TensorLike,
  w: TensorLike,
  { stride = 1, dilation = 1, groups = 1 }: Omit<Conv1dOptions, 'padding'> = {},
): Tensor {
  const [input, weight] = operands('convTranspose1d', [x, w]);
  checkTransposed(input.shape, weight.shape, { stride, dilation, groups });
  const [, count] = input.shape;
  const width = weight.shape[2];
  const length = (count - 1) * stride + (width - 1) * dilation + 1;
  return inputGradient(input, weight, { stride, dilation, groups, length, width });
}

function checkTransposed(x: Shape, w: Shape, options: { stride: number; dilation: number; groups: number }): void {
  if (x.length !== 3 || x[1] === 0) throw shapeError('convTranspose1d', 'input [batch, length ≥ 1, channels]', x);
  if (w.length !== 3) throw shapeError('convTranspose1d', 'weight [in, out / groups, width]', w);
  checkWalk('convTranspose1d', options);
  const { groups } = options;
  if (x[2] % groups !== 0) throw new RangeError(`convTranspose1d: groups (${groups}) must divide channels (${x[2]})`);
  if (w[0] !== x[2])
    throw shapeError('convTranspose1d', `weight with ${x[2]} input channels for input [${x.join(', ')}]`, w);
}

/** x with `reach` more positions, as the padding says. */
export function padSequence(x: Tensor, padding: Padding, reach: number): Tensor {
  const before = { valid: 0, same: Math.floor(reach / 2), causal: reach, circular: Math.floor(reach / 2) }[padding];
  if (before === undefined)
    throw new RangeError(`conv1d: padding must be one of valid, same, causal, circular, got ${padding}`);
  if (padding === 'valid' || reach === 0) return x;
  if (padding !== 'circular')
    return pad(x, [
      [0, 0],
      [before, reach - before],
      [0, 0],
    ]);
  return wrap(x, before, reach - before);
}

/** x with its end before it and its beginning after it, also several times around. */
function wrap(x: Tensor, before: number, after: number): Tensor {
  const length = x.shape[1];
  if (length === 0) throw shapeError('conv1d', 'length ≥ 1 to go around', x.shape);
  const laps = Math.max(Math.ceil(before / length), Math.ceil(after / length));
  const rounds = concat(
    range(2 * laps + 1).map(() => x),
    1,
  );
  return slice(rounds, [0, laps * length - before], [undefined, (laps + 1) * length + after]);
}

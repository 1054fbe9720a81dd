import type { HostArray } from '../op';
import type { Shape } from '../shape';
import { windowCount } from './windows';

/** How a kernel walks along a sequence, and what its adjoints cannot read off their operands. */
export interface ConvAttrs {
  readonly stride: number;
  readonly dilation: number;
  readonly groups: number;
  /** Of x. */
  readonly length: number;
  /** Of w. */
  readonly width: number;
}

/** Positions of the result. */
export const outputLength = ({ length, ...attrs }: ConvAttrs): number => windowCount(length, attrs);

/** Calls `visit` with the flat places of x, w and y of every product in T. */
export function eachProduct(
  batch: number,
  channels: number,
  outputs: number,
  attrs: ConvAttrs,
  visit: (x: number, w: number, y: number) => void,
): void {
  const { stride, dilation, groups, length, width } = attrs;
  const [inner, outer, count] = [channels / groups, outputs / groups, outputLength(attrs)];
  for (let b = 0; b < batch; b++)
    for (let l = 0; l < count; l++)
      for (let o = 0; o < outputs; o++)
        for (let t = 0; t < width; t++)
          for (let c = 0; c < inner; c++) {
            const channel = Math.floor(o / outer) * inner + c;
            visit(
              (b * length + l * stride + t * dilation) * channels + channel,
              (o * inner + c) * width + t,
              (b * count + l) * outputs + o,
            );
          }
}

// ---- the fast form: for one input element and one tap, a contiguous row of outputs ------------------------------------

type TapVisit = (x: number, tapRow: number, y: number, outputs: number) => void;

/** Visits every element of x that is not 0 by position alone: one-hot input makes three quarters of the work vanish in `axpy`. */
export function eachTap([batch, length, channels]: Shape, outputs: number, attrs: ConvAttrs, visit: TapVisit): void {
  const { stride, dilation, groups, width } = attrs;
  const [inner, outer, count] = [channels / groups, outputs / groups, outputLength(attrs)];
  for (let b = 0; b < batch; b++)
    for (let l = 0; l < count; l++)
      for (let t = 0; t < width; t++) {
        const at = (b * length + l * stride + t * dilation) * channels;
        for (let c = 0; c < channels; c++) {
          const group = Math.floor(c / inner);
          visit(at + c, (t * channels + c) * outer, (b * count + l) * outputs + group * outer, outer);
        }
      }
}

/** w [out, in, width] as rows [tap, channel, out of the channel's group]. */
export function packTaps(w: HostArray, attrs: ConvAttrs): Float64Array {
  const taps = new Float64Array(w.data.length);
  eachWeight(w.shape, attrs, (from, to) => (taps[to] = w.data[from]!));
  return taps;
}

/** The way back from `packTaps`. */
export function unpackTaps(taps: Float64Array, w: HostArray, attrs: ConvAttrs): void {
  eachWeight(w.shape, attrs, (to, from) => (w.data[to] = taps[from]!));
}

function eachWeight(
  [outputs, inner, width]: Shape,
  { groups }: ConvAttrs,
  visit: (flat: number, packed: number) => void,
): void {
  const outer = outputs / groups;
  for (let o = 0; o < outputs; o++)
    for (let c = 0; c < inner; c++)
      for (let t = 0; t < width; t++) {
        const channel = Math.floor(o / outer) * inner + c;
        visit((o * inner + c) * width + t, (t * inner * groups + channel) * outer + (o % outer));
      }
}

/** sums[y + j] += factor · rows[row + j]; one-hot input makes three quarters of the work vanish here. */
export function axpy(sums: Float64Array, y: number, factor: number, rows: Float64Array, row: number, n: number): void {
  if (factor === 0) return;
  for (let j = 0; j < n; j++) sums[y + j] = sums[y + j] + factor * rows[row + j];
}

/** sums[row + j] += factor · dy[y + j]. */
export function axpyFrom(
  sums: Float64Array,
  row: number,
  factor: number,
  dy: ArrayLike<number>,
  y: number,
  n: number,
): void {
  if (factor === 0) return;
  for (let j = 0; j < n; j++) sums[row + j] = sums[row + j] + factor * dy[y + j];
}

/** Σ dy[y + j] · rows[row + j]. */
export function dot(dy: ArrayLike<number>, y: number, rows: Float64Array, row: number, n: number): number {
  let total = 0;
  for (let j = 0; j < n; j++) total += dy[y + j] * rows[row + j];
  return total;
}

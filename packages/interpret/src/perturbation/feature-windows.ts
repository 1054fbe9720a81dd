import { add, arange, greaterEqual, less, logicalAnd, mul, reshape, sub, take, tensor, type Tensor, where } from '@hairpin/tensors'; // prettier-ignore
import type { Reach } from './model';

/** Where the windows of some mutants lie, [mutants] i32 each. */
export interface WindowBatch {
  /** First letter of the window. */
  readonly letter: Tensor;
  /** First feature that is computed anew. */
  readonly first: Tensor;
  /** Its position among the features of the window. */
  readonly skip: Tensor;
}

/**
 * The window around an edit: letters from which all features that read the edit can be computed, and no feature that is
 * taken over has seen the window's ends. It lies on the grid of the strides, and ends with the sequence where it cannot go
 * on, so that padding is met where the whole sequence meets it.
 */
export class FeatureWindows {
  /** Features that are computed anew. */
  readonly count: number;
  /** Letters of a window. */
  readonly letters: number;
  /** Features of a window, with those that its ends have spoiled. */
  readonly positions: number;

  private readonly length: number;
  private readonly total: number;

  /** @param width most letters of an edit */
  constructor(
    private readonly reach: Reach,
    { x, base }: { x: Tensor; base: Tensor },
    width: number,
  ) {
    const [length, total] = [(this.length = x.shape[1]), (this.total = base.shape[1])];
    const { size, stride, offset } = reach;
    this.count = Math.min(Math.floor((size + width - 2) / stride) + 1, total);
    const least = (this.count - 1) * stride + size + modulo(offset, stride);
    const isShort = this.count < total && least < length; // else the window is the sequence
    this.letters = isShort ? least + modulo(length - least, stride) : length;
    this.positions = total - (length - this.letters) / stride;
  }

  /** The windows of edits that begin at `places`, and some at 0 up to `size`. */
  of(places: readonly number[], size: number, { device }: Tensor): WindowBatch {
    const [letter, first, skip] = [1, 1, 1].map(() => new Int32Array(size));
    for (let m = 0; m < size; m++) [letter[m], first[m], skip[m]] = this.at(places[m] ?? 0);
    return { letter: tensor(letter, { device }), first: tensor(first, { device }), skip: tensor(skip, { device }) };
  }

  private at(place: number): [letter: number, first: number, skip: number] {
    const { size, stride, offset } = this.reach;
    if (this.count === this.total) return [0, 0, 0];
    const reached = Math.ceil((place - offset - size + 1) / stride);
    const first = Math.min(Math.max(reached, 0), this.total - this.count);
    const onGrid = Math.floor((first * stride + offset) / stride) * stride;
    const letter = Math.min(Math.max(onGrid, 0), this.length - this.letters);
    return [letter, first, first - letter / stride];
  }
}

const modulo = (a: number, n: number): number => ((a % n) + n) % n;

/**
 * Feature maps of mutants: `count` features from `first` on are those of the windows, from `skip` on, the rest is `base`.
 * base: [rows, positions, channels], windows: [mutants, positions', channels] → [mutants, positions, channels]
 */
export function spliced(
  base: Tensor,
  windows: Tensor,
  { rows, first, skip, count }: Omit<WindowBatch, 'letter'> & { rows: Tensor; count: number },
): Tensor {
  const [, positions, channels] = base.shape;
  const [mutants, within] = windows.shape;
  const at = (numbers: Tensor) => reshape(numbers, [-1, 1]);
  const k = sub(arange(positions, 'i32'), at(first));
  const isNew = logicalAnd(greaterEqual(k, 0), less(k, count));
  const fresh = add(add(k, at(skip)), mul(at(arange(mutants, 'i32')), within));
  const old = add(arange(positions, 'i32'), mul(at(rows), positions));
  const flat = (features: Tensor) => reshape(features, [-1, channels]);
  return where(reshape(isNew, [mutants, positions, 1]), take(flat(windows), fresh), take(flat(base), old));
}

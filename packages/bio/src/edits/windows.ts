import type { Interval } from '../formats/bed';

/** How a sequence is cut. */
export interface WindowOptions {
  readonly width: number;
  /** From the start of a window to that of the next; `width` unless said, which tiles the sequence. */
  readonly step?: number;
  /**
   * What becomes of letters behind the last whole window: `drop` unless said · `short`: a shorter window · `overlap`: a
   * whole window that ends with the sequence and overlaps the one before
   */
  readonly rest?: 'drop' | 'short' | 'overlap';
}

/** The windows of a sequence of `length` letters, in order. A sequence shorter than a window has one only with `short`. */
export function windows(length: number, { width, step = width, rest = 'drop' }: WindowOptions): Interval[] {
  if (!(Number.isInteger(width) && width >= 1 && Number.isInteger(step) && step >= 1)) {
    throw new RangeError(`windows: expected width and step of at least 1, got ${width} and ${step}`);
  }
  const count = Math.max(Math.floor((length - width) / step) + 1, 0);
  const whole = Array.from({ length: count }, (_, i) => ({ start: i * step, end: i * step + width }));
  const covered = whole.at(-1)?.end ?? 0;
  if (rest === 'drop' || covered >= length) return whole;
  if (rest === 'short') return [...whole, { start: count * step, end: length }].filter(({ start, end }) => start < end);
  return length < width ? whole : [...whole, { start: length - width, end: length }];
}

/** The letters of each window. */
export const cutWindows = (sequence: string, options: WindowOptions): string[] =>
  windows(sequence.length, options).map(({ start, end }) => sequence.slice(start, end));

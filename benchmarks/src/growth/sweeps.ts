import type { Scope } from '../harness/survey';

/** An LSTM and its batch. */
export interface Size {
  readonly batch: number;
  readonly steps: number;
  readonly inputs: number;
  readonly hidden: number;
}

/** Sizes that differ in one number. */
export interface Sweep {
  readonly name: string;
  /** What stays. */
  readonly fixed: string;
  readonly varied: 'steps' | 'hidden' | 'batch';
  readonly sizes: readonly Size[];
}

/**
 * How time and memory are to grow: with the length, the width and the batch. The batch of long sequences is small: what 50 000 steps
 * of four rows leave behind for the gradient is more than a binding of 128 MiB holds.
 */
export const sweeps = (scope: Scope): Sweep[] => [
  {
    name: 'steps',
    fixed: 'batch 2, 4 → 32',
    varied: 'steps',
    sizes: upTo(64, scope === 'full' ? 50_000 : 2048).map((steps) => ({ batch: 2, steps, inputs: 4, hidden: 32 })),
  },
  {
    name: 'hidden units',
    fixed: 'batch 16, 100 steps, 4 inputs',
    varied: 'hidden',
    sizes: upTo(16, scope === 'full' ? 512 : 128).map((hidden) => ({ batch: 16, steps: 100, inputs: 4, hidden })),
  },
  {
    name: 'batch',
    fixed: '100 steps, 4 → 32',
    varied: 'batch',
    sizes: upTo(1, scope === 'full' ? 256 : 64, 4).map((batch) => ({ batch, steps: 100, inputs: 4, hidden: 32 })),
  },
];

/** From one size to another, each `factor` times the one before; the last is exact. */
export function upTo(first: number, last: number, factor = 2): number[] {
  const sizes: number[] = [];
  for (let size = first; size < last; size *= factor) sizes.push(size);
  return [...sizes, last];
}

/** A system at one size. */
export interface Point {
  readonly size: Size;
  /** Median of a training step. */
  readonly ms: number;
  /** The first step, which compiles. */
  readonly first: number;
  /** GPU memory that a training step needs at most at once. */
  readonly bytes: number;
}

/** What a system reached, and from where on it did not go, with the reason. */
export interface Curve<P extends Point = Point> {
  readonly system: string;
  readonly points: readonly P[];
  readonly missing: readonly { readonly size: Size; readonly reason: string }[];
}

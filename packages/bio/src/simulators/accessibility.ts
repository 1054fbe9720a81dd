import { integerFrom, normalFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** How a track of open chromatin looks. */
export interface SimulateAccessibilityOptions {
  readonly rng: RandomSource;
  /** Positions or bins, 1 000 unless said. */
  readonly length?: number;
  /** The least and most positions of an open or closed stretch, 20 to 100 unless said. */
  readonly stretch?: readonly [number, number];
  /** The signal where chromatin is open; where it is closed it is 0. 1 unless said. */
  readonly height?: number;
  /** 0.3 unless said. */
  readonly noiseSd?: number;
}

/** A track as of ATAC-seq, and what is below the noise. */
export interface SimulatedAccessibility {
  /** [length] */
  readonly signal: Float32Array;
  /** 1 where chromatin is open.   [length] */
  readonly isOpen: Uint8Array;
  /** The first closed position behind each open stretch, in rising order. */
  readonly closings: readonly number[];
  /** The first open position of each open stretch but one at the very beginning. */
  readonly openings: readonly number[];
}

/** Open and closed stretches in turn, the first of them either, with noise on top. */
export function simulateAccessibility({ rng, ...options }: SimulateAccessibilityOptions): SimulatedAccessibility {
  const { length = 1000, stretch: [least, most] = [20, 100], height = 1, noiseSd = 0.3 } = options;
  if (!(least >= 1 && most >= least)) {
    throw new RangeError(`simulateAccessibility: expected stretches of at least 1, got ${least} to ${most}`);
  }
  const isOpen = new Uint8Array(length);
  const borders: number[] = [];
  let open = rng.integer(2);
  for (let at = 0; at < length; open = 1 - open) {
    const end = Math.min(at + integerFrom(rng, least, most), length);
    isOpen.fill(open, at, end);
    if (end < length) borders.push(end);
    at = end;
  }
  return {
    signal: Float32Array.from(isOpen, (value) => height * value + noiseSd * normalFrom(rng)),
    isOpen,
    closings: borders.filter((at) => isOpen[at] === 0),
    openings: borders.filter((at) => isOpen[at] === 1),
  };
}

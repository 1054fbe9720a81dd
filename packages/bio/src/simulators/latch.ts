import { BASES } from '../base-numbers';
import { drawIndex } from '../random-source';
import type { RandomSource } from '../random-source';

/** Letters that open and close something, and whether it is open. */
export interface SimulatedLatch {
  readonly sequences: readonly string[];
  /** 1 from an A up to the next C, which is 0 again; 0 at first.   [length] each */
  readonly labels: readonly Uint8Array[];
  /** The expected accuracy of the best rule that sees one letter at a time and knows nothing of those before. */
  readonly bayes: number;
}

/** How latches are drawn. */
export interface SimulateLatchOptions {
  readonly rng: RandomSource;
  readonly count: number;
  readonly length: number;
  /** How often A, C, G and T come; a quarter each unless said. */
  readonly shares?: readonly [number, number, number, number];
}

/**
 * A bit to be remembered: A sets it, C clears it, G and T leave it. At A and C one letter tells the label; at G and T it depends
 * on the letters before, so that a net without memory can do no better there than to guess the more frequent label.
 */
export function simulateLatch({
  rng,
  count,
  length,
  shares = [0.25, 0.25, 0.25, 0.25],
}: SimulateLatchOptions): SimulatedLatch {
  const sequences = Array.from({ length: count }, () =>
    Array.from({ length }, () => 'ACGT'[drawIndex(rng, shares)]).join(''),
  );
  return { sequences, labels: sequences.map(latchOf), bayes: bayesAccuracy(shares, length) };
}

function latchOf(sequence: string): Uint8Array {
  let isOpen = 0;
  return Uint8Array.from(sequence, (letter) => {
    const base = BASES[letter.charCodeAt(0)];
    if (base < 2) isOpen = 1 - base;
    return isOpen;
  });
}

/** At G and T the bit is set if any A or C came before, and the last of them was an A. */
function bayesAccuracy([a, c, g, t]: readonly number[], length: number): number {
  const silent = g + t;
  if (a + c === 0) return 1;
  let open = 0; // the mean chance of an open latch before a letter
  for (let before = 0; before < length; before++) open += ((a / (a + c)) * (1 - silent ** before)) / length;
  return a + c + silent * Math.max(open, 1 - open);
}

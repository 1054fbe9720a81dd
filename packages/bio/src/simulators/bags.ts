import { reverseComplement } from '../edits/reverse-complement';
import type { RandomSource } from '../random-source';
import { simulateGenome } from './genome';
import { sequenceWith } from './sequence-with';

/** How bags look. */
export interface SimulateBagsOptions {
  readonly rng: RandomSource;
  /** 500 unless said; every second peak has the motif. */
  readonly count?: number;
  /** Of a peak, 10 unless said. */
  readonly windows?: number;
  /** 60 unless said. */
  readonly windowBp?: number;
  /** `TGAGTCAT` unless said. */
  readonly motif?: string;
}

/** Peaks as bags of windows, of which the label is known and the window is not. */
export interface SimulatedBags {
  /** Windows one behind the other; `cutWindows(sequence, { width: windowBp })` gives them apart. */
  readonly sequences: readonly string[];
  /** [count] */
  readonly labels: Uint8Array;
  /** The number of the window that holds the motif, whole; −1 where none does.   [count] */
  readonly windows: Int32Array;
}

/** Peaks with the motif once, on the forward strand and wholly in one window, or nowhere. */
export function simulateBags({ rng, ...options }: SimulateBagsOptions): SimulatedBags {
  const { count = 500, windows = 10, windowBp = 60, motif = 'TGAGTCAT' } = options;
  if (motif.length > windowBp) {
    throw new RangeError(`simulateBags: ${motif} does not fit into windows of ${windowBp} bp`);
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => (i + 1) % 2);
  const chosen = Int32Array.from(labels, (label) => (label ? rng.integer(windows) : -1));
  const avoid = [motif, reverseComplement(motif)];
  const sequences = Array.from(chosen, (window) => {
    const position = window * windowBp + rng.integer(windowBp - motif.length + 1);
    const elements = window < 0 ? [] : [{ position, letters: motif }];
    return sequenceWith(simulateGenome(windows * windowBp, rng), { rng, elements, avoid });
  });
  return { sequences, labels, windows: chosen };
}

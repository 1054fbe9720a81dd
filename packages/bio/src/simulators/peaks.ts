import type { Matrix } from '../motifs/pwm';
import type { RandomSource } from '../random-source';
import { simulateGenome } from './genome';
import { simulateMotif } from './motif';
import { drawSite, plant } from './site';
import type { PlantedSite } from './site';

/** How many peaks, how long, with which motif. */
export interface SimulatePeaksOptions {
  readonly rng: RandomSource;
  /** Number of sequences, 2 000 unless said. */
  readonly count?: number;
  /** 200 unless said. */
  readonly lengthBp?: number;
  /** Share of the sequences that get no site, 0.15 unless said. */
  readonly empty?: number;
  /** Probabilities by position, A C G T; unless said a random motif of 10 positions and 12 bits. */
  readonly motif?: Matrix;
}

/** Simulated ChIP-seq peaks: what was planted is known, so that what is found can be judged. */
export interface SimulatedPeaks {
  readonly sequences: readonly string[];
  /** Beside each sequence its site, or `null`. */
  readonly sites: readonly (PlantedSite | null)[];
  readonly motif: Matrix;
}

/** Sequences of human-like dinucleotide composition, most with one site of the motif at a random place and strand. */
export function simulatePeaks(options: SimulatePeaksOptions): SimulatedPeaks {
  const { rng, count = 2000, lengthBp = 200, empty = 0.15 } = options;
  const motif = options.motif ?? simulateMotif({ width: 10, bits: 12, rng });
  if (lengthBp < motif.length) {
    throw new RangeError(`simulatePeaks: a motif of ${motif.length} positions does not fit into ${lengthBp} bp`);
  }
  const sites = chooseEmpty(count, Math.round(count * empty), rng).map((isEmpty) =>
    isEmpty ? null : drawSite(motif, lengthBp, rng),
  );
  return { sequences: sites.map((site) => plant(simulateGenome(lengthBp, rng), site)), sites, motif };
}

/** `count` flags of which exactly `empties` are set, every choice as likely (selection sampling). */
function chooseEmpty(count: number, empties: number, rng: RandomSource): boolean[] {
  let left = empties;
  return Array.from({ length: count }, (_, i) => {
    const isEmpty = rng.integer(count - i) < left;
    if (isEmpty) left--;
    return isEmpty;
  });
}

import { reverseComplement } from './edits/reverse-complement';
import { informationContent } from './motifs/information';
import type { Matrix } from './motifs/pwm';
import type { Strand } from './strand';
import { drawIndex, uniformFrom } from './random-source';
import type { RandomSource } from './random-source';

/**
 * How often each base follows each other in the human genome (hg19): dinucleotide counts of one strand in millions,
 * made with RSAT's count-words (M. Love, "2-mers", 2011, mikelove.wordpress.com). CG is rare: its C mutates to T.
 * [first base][second base], both A C G T
 */
export const HUMAN_DINUCLEOTIDES: Matrix = [
  [279.490734, 143.903156, 199.880889, 220.891389],
  [207.352244, 148.888857, 28.162976, 199.989641],
  [169.602085, 121.929296, 148.965391, 144.228762],
  [187.721077, 169.672559, 207.716132, 280.279142],
];

/** A random sequence whose dinucleotides follow `counts`: a first-order Markov chain, from its stationary distribution. */
export function simulateGenome(lengthBp: number, rng: RandomSource, counts: Matrix = HUMAN_DINUCLEOTIDES): string {
  const totals = counts.map((row) => row.reduce((total, count) => total + count, 0));
  const all = totals.reduce((total, count) => total + count, 0);
  const next = counts.map((row, base) => row.map((count) => count / totals[base]));
  let base = drawIndex(
    rng,
    totals.map((total) => total / all),
  ); // the first bases of all dinucleotides are nearly all bases
  let sequence = '';
  for (let i = 0; i < lengthBp; i++, base = drawIndex(rng, next[base])) sequence += 'ACGT'[base];
  return sequence;
}

/** A random motif of exactly `bits` of information: uniform random columns, sharpened together until they have it. */
export function simulateMotif(options: { width: number; bits: number; rng: RandomSource }): number[][] {
  const { width, bits, rng } = options;
  if (!(bits >= 0 && bits < 2 * width)) {
    throw new RangeError(`simulateMotif: ${width} positions hold 0 to ${2 * width} bits, got ${bits}`);
  }
  // −log u normalised is uniform over all columns (Dirichlet 1); its powers go from flat (0) to one sure base (∞).
  const logits = Array.from({ length: width }, () =>
    Array.from({ length: 4 }, () => Math.log(-Math.log(uniformFrom(rng)))),
  );
  let [low, high] = [0, 1];
  while (informationContent(sharpened(logits, high)) < bits) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (informationContent(sharpened(logits, middle)) < bits) low = middle;
    else high = middle;
  }
  return sharpened(logits, high);
}

/** softmax of each row times `power`. */
function sharpened(logits: Matrix, power: number): number[][] {
  return logits.map((row) => {
    const top = Math.max(...row);
    const shares = row.map((logit) => Math.exp((logit - top) * power));
    const total = shares.reduce((sum, share) => sum + share, 0);
    return shares.map((share) => share / total);
  });
}

/** A site put into a sequence: letters as they stand there, read on the forward strand from `position` (from 0). */
export interface PlantedSite {
  readonly position: number;
  readonly strand: Strand;
  readonly letters: string;
}

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

function drawSite(motif: Matrix, lengthBp: number, rng: RandomSource): PlantedSite {
  const letters = motif.map((row) => 'ACGT'[drawIndex(rng, row)]).join('');
  const strand = rng.integer(2) === 0 ? '+' : '-';
  const position = rng.integer(lengthBp - motif.length + 1);
  return { position, strand, letters: strand === '+' ? letters : reverseComplement(letters) };
}

function plant(sequence: string, site: PlantedSite | null): string {
  if (!site) return sequence;
  return sequence.slice(0, site.position) + site.letters + sequence.slice(site.position + site.letters.length);
}

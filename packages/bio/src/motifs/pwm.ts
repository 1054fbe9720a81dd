import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';

/**
 * A motif as numbers: a row for each position, in it one number for each letter (DNA: A, C, G, T). The numbers are counts
 * (a PFM), probabilities (PPM) or scores (PWM), as the functions say.
 */
export type Matrix = readonly (readonly number[])[];

/** How often each letter occurs apart from the motif, summing to 1. */
export type Background = readonly number[];

/**
 * What is added to the counts of a position, so that a letter that was never seen is not impossible: a number in all,
 * shared out by the background, p = (n + c·q) / (N + c), or the rule of a tool. `'meme'`: 0.1. `'jaspar'`, as Biopython
 * has it: √N for the mean N of all positions. `'logomaker'`: 1 for each letter, whatever the background.
 */
export type Pseudocount = number | 'meme' | 'jaspar' | 'logomaker';

/** What is added to counts, and how it is shared out. */
export interface PseudocountOptions {
  /** 0 only normalises. */
  readonly pseudocount: Pseudocount;
  /** Uniform unless said. */
  readonly background?: Background;
}

/** Counts of the letters at each position of aligned sites. A code for several letters adds an equal share to each. */
export function countLetters(sites: readonly string[], alphabet: Alphabet = dna): number[][] {
  const channels = alphabet.letters.length;
  const counts = Array.from({ length: sites[0]?.length ?? 0 }, () => new Array<number>(channels).fill(0));
  sites.forEach((site, row) => {
    if (site.length !== counts.length) {
      throw new RangeError(`countLetters: site 1 has ${counts.length} letters, site ${row + 1} has ${site.length}`);
    }
    const at = site.search(alphabet.outside);
    if (at >= 0)
      throw new RangeError(`countLetters: site ${row + 1} has ${JSON.stringify(site[at])} at position ${at + 1}`);
    counts.forEach((count, i) =>
      count.forEach((_, c) => (count[c] += alphabet.fractions[site.charCodeAt(i) * channels + c])),
    );
  });
  return counts;
}

/** Counts or frequencies → probabilities, each position summing to 1. */
export function toProbabilities(counts: Matrix, { pseudocount, background }: PseudocountOptions): number[][] {
  const added = addedTo(counts, pseudocount);
  return counts.map((row, position) => {
    const q = (pseudocount === 'logomaker' ? undefined : background) ?? uniform(row.length);
    const n = sum(row);
    if (!(n + added > 0)) throw new RangeError(`toProbabilities: position ${position + 1} has no counts`);
    return row.map((count, letter) => (count + added * q[letter]) / (n + added));
  });
}

/** The pseudocount of each position, all letters together. */
function addedTo(counts: Matrix, pseudocount: Pseudocount): number {
  if (pseudocount === 'meme') return 0.1;
  if (pseudocount === 'logomaker') return counts[0]?.length ?? 0;
  if (pseudocount === 'jaspar') return Math.sqrt(sum(counts.map(sum)) / counts.length);
  return pseudocount;
}

/** Probabilities → the counts that so many sites would have, fractions included. */
export function toCounts(probabilities: Matrix, sites: number): number[][] {
  return probabilities.map((row) => row.map((p) => p * sites));
}

/** Probabilities → log₂(p/q), in bits; −Infinity where p is 0, so add pseudocounts before. */
export function logOdds(probabilities: Matrix, background?: Background): number[][] {
  return probabilities.map((row) => row.map((p, letter) => Math.log2(p / (background ?? uniform(row.length))[letter])));
}

/** log₂(p/q) → probabilities: p = q·2ʷ, each position summing to 1 though the weights be rounded. */
export function fromLogOdds(weights: Matrix, background?: Background): number[][] {
  const odds = weights.map((row) => row.map((w, letter) => (background ?? uniform(row.length))[letter] * 2 ** w));
  return toProbabilities(odds, { pseudocount: 0 });
}

/** The motif as the other strand has it: positions backwards, paired letters exchanged. For DNA and RNA. */
export function reverseComplementMatrix(matrix: Matrix): number[][] {
  return matrix.map((row) => row.toReversed()).toReversed(); // in ACGT and ACGU, partners stand mirrored
}

/** Equal shares for `letters` letters. */
export function uniform(letters: number): number[] {
  return new Array<number>(letters).fill(1 / letters);
}

/** Σ, in order. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

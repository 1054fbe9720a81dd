import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';

/**
 * A motif as numbers: a row for each position, in it one number for each letter (DNA: A, C, G, T). The numbers are counts
 * (a PFM), probabilities (PPM) or scores (PWM), as the functions say.
 */
export type Matrix = readonly (readonly number[])[];

/** How often each letter occurs apart from the motif, summing to 1. */
export type Background = readonly number[];

/** What is added to the counts, so that a letter that was never seen is not impossible. */
export interface PseudocountOptions {
  /**
   * Added to each position, in all, and shared out by the background: p = (n + c·q) / (N + c). MEME's tools take 0.1,
   * Biopython and JASPAR √N (`'sqrt'`), Logomaker 4 (its 1 is per letter); 0 only normalises.
   */
  readonly pseudocount: number | 'sqrt';
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
  return counts.map((row, position) => {
    const q = background ?? uniform(row.length);
    const n = sum(row);
    const added = pseudocount === 'sqrt' ? Math.sqrt(n) : pseudocount;
    if (!(n + added > 0)) throw new RangeError(`toProbabilities: position ${position + 1} has no counts`);
    return row.map((count, letter) => (count + added * q[letter]) / (n + added));
  });
}

/** Probabilities → log₂(p/q), in bits; −Infinity where p is 0, so add pseudocounts before. */
export function logOdds(probabilities: Matrix, background?: Background): number[][] {
  return probabilities.map((row) => row.map((p, letter) => Math.log2(p / (background ?? uniform(row.length))[letter])));
}

/** Information of each position, Σ p·log₂(p/q) in bits: 0 for the background, 2 for one sure letter of DNA's four. */
export function informationByPosition(probabilities: Matrix, background?: Background): number[] {
  return probabilities.map((row) => {
    const q = background ?? uniform(row.length);
    return sum(row.map((p, letter) => (p > 0 ? p * Math.log2(p / q[letter]) : 0)));
  });
}

/** Information of the whole motif, in bits. */
export function informationContent(probabilities: Matrix, background?: Background): number {
  return sum(informationByPosition(probabilities, background));
}

/** The motif without the positions at either end that are below `minimumBits`; `start` is how many fell at the front. */
export function trimMotif(
  probabilities: Matrix,
  { minimumBits, background }: { minimumBits: number; background?: Background },
): { probabilities: Matrix; start: number } {
  const isInformative = (bits: number) => bits >= minimumBits;
  const bits = informationByPosition(probabilities, background);
  const start = bits.findIndex(isInformative);
  if (start < 0) return { probabilities: [], start: 0 };
  return { probabilities: probabilities.slice(start, bits.findLastIndex(isInformative) + 1), start };
}

/** The motif as the other strand has it: positions backwards, paired letters exchanged. For DNA and RNA. */
export function reverseComplementMatrix(matrix: Matrix): number[][] {
  return matrix.map((row) => row.toReversed()).toReversed(); // in ACGT and ACGU, partners stand mirrored
}

/** Equal shares for `letters` letters. */
export function uniform(letters: number): number[] {
  return new Array<number>(letters).fill(1 / letters);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

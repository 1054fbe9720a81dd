import { sum, toProbabilities, uniform } from './pwm';
import type { Background, Matrix } from './pwm';

/** What information is measured against. */
export interface InformationOptions {
  /** Uniform unless said. */
  readonly background?: Background;
  /** If given, `smallSampleBits` of that many sites are taken off each position, down to 0: as MEME's logos do. */
  readonly sites?: number;
}

/**
 * Information of each position, Σ p·log₂(p/q) in bits: 0 for the background, 2 for one sure letter of DNA's four.
 * Logomaker's is this; MEME's logos take off the small-sample correction, so give them `sites`.
 */
export function informationByPosition(probabilities: Matrix, options: InformationOptions = {}): number[] {
  const { background, sites } = options;
  return probabilities.map((row) => {
    const q = background ?? uniform(row.length);
    const bits = sum(row.map((p, letter) => (p > 0 ? p * Math.log2(p / q[letter]) : 0)));
    return Math.max(0, sites === undefined ? bits : bits - smallSampleBits(sites, row.length)); // rounding may leave −1e-16
  });
}

/** Information of the whole motif, in bits. */
export function informationContent(probabilities: Matrix, options: InformationOptions = {}): number {
  return sum(informationByPosition(probabilities, options));
}

/**
 * What a position of `sites` letters drawn from a uniform background shows on average, though it holds nothing, in bits:
 * e = (A − 1) / (2 ln 2 · n) with A letters, n sites (Schneider et al. 1986). DNA with 20 sites: 0.108.
 */
export function smallSampleBits(sites: number, letters = 4): number {
  return (letters - 1) / (2 * Math.LN2 * sites);
}

/** Probabilities → the heights of a logo's letters: each position's information, shared out by p. */
export function toInformation(probabilities: Matrix, options: InformationOptions = {}): number[][] {
  const bits = informationByPosition(probabilities, options);
  return probabilities.map((row, position) => row.map((p) => p * bits[position]));
}

/** The heights of a logo's letters → probabilities. A position of height 0 says no more than the background. */
export function fromInformation(heights: Matrix, background?: Background): number[][] {
  return heights.map((row) => {
    const isEmpty = sum(row) === 0;
    return isEmpty ? [...(background ?? uniform(row.length))] : toProbabilities([row], { pseudocount: 0 })[0];
  });
}

/** The motif without the positions at either end that are below `minimumBits`; `start` is how many fell at the front. */
export function trimMotif(
  probabilities: Matrix,
  { minimumBits, ...options }: InformationOptions & { readonly minimumBits: number },
): { probabilities: Matrix; start: number } {
  const isInformative = (bits: number) => bits >= minimumBits;
  const bits = informationByPosition(probabilities, options);
  const start = bits.findIndex(isInformative);
  if (start < 0) return { probabilities: [], start: 0 };
  return { probabilities: probabilities.slice(start, bits.findLastIndex(isInformative) + 1), start };
}

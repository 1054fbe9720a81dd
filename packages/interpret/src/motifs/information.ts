import { type Matrix, probabilities } from './matrix';

/**
 * Information of one column against a background, Σ p·log2(p / q), in bits; a letter of probability 0 adds nothing.
 * With the uniform background of DNA it lies between 0 and 2.
 */
export function columnInformation(p: readonly number[], background?: readonly number[]): number {
  const q = (letter: number) => background?.[letter] ?? 1 / p.length;
  return p.reduce((bits, value, letter) => bits + (value > 0 ? value * Math.log2(value / q(letter)) : 0), 0);
}

/** Information of a whole matrix in bits: the sum over its columns. Counts are normalised first. */
export function informationBits(matrix: Matrix, background?: readonly number[]): number {
  return probabilities(matrix).reduce((bits, p) => bits + columnInformation(p, background), 0);
}

/**
 * What a column of `sites` letters drawn from a uniform background shows on average, though it holds nothing, in bits:
 * e = (A − 1) / (2 ln 2 · n), A letters, n sites (Schneider et al. 1986; MEME's ceqlogo). DNA with 20 sites: 0.108.
 */
export function smallSampleBits(sites: number, letters = 4): number {
  return (letters - 1) / (2 * Math.LN2 * sites);
}

/** The matrix without the columns below `minBits` at its two ends; empty when no column reaches it. */
export function trimColumns<Row extends readonly number[]>(matrix: readonly Row[], minBits = 0.2): Row[] {
  const isInformative = probabilities(matrix).map((p) => columnInformation(p) >= minBits);
  const first = isInformative.indexOf(true);
  return first < 0 ? [] : matrix.slice(first, isInformative.lastIndexOf(true) + 1);
}

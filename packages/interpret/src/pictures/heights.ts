import { columnInformation, smallSampleBits } from '../motifs/information';
import { type Matrix, probabilities } from '../motifs/matrix';

/** Options of `informationHeights`. */
export interface InformationHeightsOptions {
  /** Probability of each letter outside the motif; uniform unless said. */
  background?: readonly number[];
  /** Take off what so many sites show by chance, `smallSampleBits`; no correction unless said. */
  sites?: number;
}

/**
 * Letter heights of the classical logo, in bits: each letter's probability times the information of its column
 * (Schneider & Stephens 1990), not below 0. Counts are normalised first.
 */
export function informationHeights(matrix: Matrix, options: InformationHeightsOptions = {}): number[][] {
  return probabilities(matrix).map((p) => {
    const chance = options.sites === undefined ? 0 : smallSampleBits(options.sites, p.length);
    const bits = Math.max(0, columnInformation(p, options.background) - chance);
    return p.map((value) => value * bits);
  });
}

/**
 * Letter heights of a sequence that was explained: each position has its own letter, as tall as its contribution.
 * @param sequence letters; one that is not in `letters`, such as N, gets no height
 * @param contributions one number per position
 * @throws RangeError unless there is a number for each letter of the sequence
 */
export function contributionHeights(sequence: string, contributions: ArrayLike<number>, letters = 'ACGT'): number[][] {
  if (sequence.length !== contributions.length || sequence.length === 0)
    throw new RangeError(
      `contributionHeights: expected a contribution for each of ${sequence.length} letters, got ${contributions.length}`,
    );
  return [...sequence.toUpperCase()].map((own, i) =>
    [...letters].map((letter) => (letter === own ? contributions[i] : 0)),
  );
}

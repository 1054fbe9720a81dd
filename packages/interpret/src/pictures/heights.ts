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

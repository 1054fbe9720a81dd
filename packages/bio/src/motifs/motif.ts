import type { Matrix } from './pwm';

/** A motif as motif files have it. */
export interface Motif {
  /** `'MA0139.1'`; no white space. */
  readonly id: string;
  /** `'CTCF'`; empty if the file gives none. */
  readonly name: string;
  /** Each position sums to 1; no pseudocounts but those of the file. */
  readonly probabilities: Matrix;
  /** As in the file, where it has counts. */
  readonly counts?: Matrix;
  /** How many sites the matrix was made from, without pseudocounts, where that is known. */
  readonly sites?: number;
  /** MEME's E-value. */
  readonly eValue?: number;
  readonly url?: string;
}

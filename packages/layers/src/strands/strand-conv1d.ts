import type { Parameter, Rng } from '@hairpin/tensors';
import { RCConv1d } from './rc-conv1d';

/** Shape of a `StrandConv1d`. */
export interface StrandConv1dOptions {
  /** Number of filters; each gives two channels. */
  readonly out: number;
  /** Letters under a filter. */
  readonly width: number;
  readonly rng: Rng;
}

/**
 * Filters that read both strands of DNA: an `RCConv1d` of letters. Channels 0 … out − 1 are the filters, out … 2·out − 1
 * their reverse complements from the last to the first.   x: one-hot A C G T [batch, length, 4] → [batch, length − width + 1, 2·out]
 */
export class StrandConv1d extends RCConv1d {
  declare readonly bias: Parameter; // [out]

  constructor({ out, width, rng }: StrandConv1dOptions) {
    super({ in: 4, out: 2 * out, width, rng });
  }
}

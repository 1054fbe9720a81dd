import type { Rng } from '@hairpin/tensors/random';
import { classSizes, type Examples } from '../discover/examples';
import { divide, type Parts } from '../discover/parts';
import type { Data, Factor } from './factors';

/** The same peaks beside two kinds of negatives. */
export interface TwoKinds {
  /** Dinucleotide shuffles of the peaks: they have its composition, and no motif. */
  readonly shuffles: Parts;
  /** Peaks of the other factor: open chromatin, with another motif. */
  readonly others: Parts;
}

/** Divides the peaks of a factor, once beside shuffles and once beside the peaks of the other one; the positives are the same. */
export function divideTwice({ peaks }: Factor, other: Factor, heldOut: Data['heldOut'], rng: Rng): TwoKinds {
  return {
    shuffles: divide(peaks, undefined, heldOut, rng),
    others: divide(peaks, other.peaks, heldOut, rng),
  };
}

/** Of so many negatives one is a peak of the other factor; the shuffles are harder, and need to be seen more often. */
const OTHERS_EVERY = 3;

/** Shuffles among which peaks of the other factor are mixed, both drawn anew each time. */
export function mixed({ shuffles, others }: TwoKinds, part: keyof Parts): Examples {
  const [own, their] = [shuffles[part], others[part]];
  const [first, { negatives }] = [classSizes(own).positives, classSizes(their)];
  const isOther = (index: number) => index >= first && index % OTHERS_EVERY === 0;
  return {
    ...own,
    sequence: (index, rng) =>
      isOther(index) ? their.sequence(first + rng.integer(negatives), rng) : own.sequence(index, rng),
  };
}

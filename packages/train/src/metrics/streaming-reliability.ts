import { countBelow } from './ascending';
import { type BinaryLabels, checkBinary, checkProbabilities, checkSameLength } from './labelled-scores';

/** What was predicted and what came, bin by bin. Bins without examples are left out. */
export interface ReliabilityCurve {
  /** Mean probability in each bin, ascending. */
  readonly predicted: Float64Array;
  /** Share of positive examples in each bin. */
  readonly observed: Float64Array;
  /** Examples in each bin. */
  readonly counts: Float64Array;
}

/** Where bins begin and end. */
export interface ReliabilityBins {
  /** Bins of equal width, 10 unless said. */
  readonly bins?: number;
  /** The borders between bins instead, ascending. A probability at a border belongs to the bin below. */
  readonly borders?: ArrayLike<number>;
}

/** A reliability curve of a stream, in memory that does not grow with it. */
export class StreamingReliability {
  readonly #borders: ArrayLike<number>;
  readonly #counts: Float64Array;
  readonly #probabilities: Float64Array; // sums
  readonly #positives: Float64Array;

  /** @throws RangeError unless bins is a whole number of at least 1 */
  constructor({ bins = 10, borders }: ReliabilityBins = {}) {
    this.#borders = borders ?? equalWidths('StreamingReliability', bins);
    const count = this.#borders.length + 1;
    this.#counts = new Float64Array(count);
    this.#probabilities = new Float64Array(count);
    this.#positives = new Float64Array(count);
  }

  /**
   * Adds a batch, or nothing of it. @throws RangeError if lengths differ, a label is neither 0 nor 1, or a probability
   * is none
   */
  add(labels: BinaryLabels, probabilities: ArrayLike<number>): void {
    checkSameLength('StreamingReliability', labels, 'probabilities', probabilities);
    checkBinary('StreamingReliability', labels);
    checkProbabilities('StreamingReliability', probabilities);
    for (let i = 0; i < labels.length; i++) {
      const bin = countBelow(this.#borders, probabilities[i]);
      this.#counts[bin]++;
      this.#probabilities[bin] += probabilities[i];
      this.#positives[bin] += Number(labels[i]);
    }
  }

  /** The curve up to now. */
  value(): ReliabilityCurve {
    const mean = (sums: Float64Array) => sums.map((sum, bin) => sum / this.#counts[bin]).filter(this.#isFilled);
    return {
      predicted: mean(this.#probabilities),
      observed: mean(this.#positives),
      counts: this.#counts.filter(this.#isFilled),
    };
  }

  readonly #isFilled = (_: number, bin: number): boolean => this.#counts[bin] > 0;
}

/** The borders k · (1 / bins), rounded as NumPy's `linspace` rounds them. */
export function equalWidths(metric: string, bins: number): Float64Array {
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`${metric}: expected a whole number of bins of at least 1, got ${bins}`);
  return Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (1 / bins));
}

import { type ActivationBatch, checkBatch, type FilterWindow, forEachWindow } from './activation-batch';

/** First pass over a stream of batches: mean and maximum of each filter over all positions. */
export class ActivationSummary {
  private positions = 0;
  private sums: Float64Array | undefined; // [filters], from the first batch on
  private maxima: Float64Array | undefined; // [filters]

  constructor(private readonly window: FilterWindow) {}

  add(batch: ActivationBatch): this {
    checkBatch(batch, this.sums?.length);
    const sums = (this.sums ??= new Float64Array(batch.shape[2]));
    const maxima = (this.maxima ??= new Float64Array(batch.shape[2]).fill(-Infinity));
    forEachWindow(batch, this.window, (_sequence, _start, row) => {
      this.positions++;
      for (let filter = 0; filter < sums.length; filter++) {
        const activation = batch.activations[row + filter];
        sums[filter] += activation;
        if (activation > maxima[filter]) maxima[filter] = activation;
      }
    });
    return this;
  }

  /** mean + fraction · (max − mean) of each filter; Basset (Kelley, Snoek & Rinn 2016) takes half. */
  thresholds(fraction = 0.5): number[] {
    const { sums = [], maxima = [], positions } = this;
    return Array.from(sums, (sum, filter) => threshold(sum / positions, maxima[filter], fraction));
  }
}

/** A filter that answers the same everywhere gets its maximum: rounding of the mean must not make every position a site. */
function threshold(mean: number, max: number, fraction: number): number {
  return max - mean > 1e-7 * Math.abs(max) ? mean + fraction * (max - mean) : max;
}

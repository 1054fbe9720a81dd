import { completeMotifs, type Motif } from '../motifs/motif';
import { rankMotifs } from '../motifs/rank';
import { type ActivationBatch, checkBatch, type FilterWindow, forEachWindow } from './activation-batch';
import { KmerCounts } from './kmer-counts';

/**
 * One pass over a stream of batches: counts, for each filter, the k-mer at its maximum in each sequence. A sequence in
 * which nothing exceeds `floor` gives none; of equal ones the first is taken.
 */
export class MaximumSites {
  private positions = 0;
  private readonly kmers: KmerCounts[] = []; // one per filter
  private readonly weakest: number[] = []; // one per filter: of the maxima that were counted

  constructor(
    private readonly window: FilterWindow,
    private readonly floor = 0,
  ) {}

  add(batch: ActivationBatch): this {
    checkBatch(batch, this.kmers.length || undefined);
    while (this.kmers.length < batch.shape[2]) this.kmers.push(new KmerCounts(this.window.width));
    const [sequences, , filters] = batch.shape;
    const best = new Float64Array(sequences * filters).fill(this.floor);
    const starts = new Int32Array(sequences * filters).fill(-1);
    forEachWindow(batch, this.window, (sequence, start, row) => {
      this.positions++;
      for (let filter = 0; filter < filters; filter++) {
        const place = sequence * filters + filter;
        if (batch.activations[row + filter] > best[place]) {
          [best[place], starts[place]] = [batch.activations[row + filter], start];
        }
      }
    });
    starts.forEach((start, place) => {
      if (start < 0) return;
      const filter = place % filters;
      this.kmers[filter].add(batch.sequences[Math.floor(place / filters)], start);
      this.weakest[filter] = Math.min(this.weakest[filter] ?? Infinity, best[place]);
    });
    return this;
  }

  /** One motif per filter that found a site, in the order of the filters; `trimBits` as in `filtersToMotifs`. */
  motifs(trimBits?: number): Motif[] {
    const { positions } = this;
    const observed = this.kmers.map((kmers, filter) => {
      const threshold = this.weakest[filter] ?? this.floor;
      return { filter, counts: kmers.matrix(), sites: kmers.sites, positions, threshold };
    });
    return completeMotifs(observed, trimBits);
  }
}

/** Options of `maximaToMotifs`. */
export interface MaximumSitesOptions extends FilterWindow {
  /** A maximum counts above this; 0 unless said, −Infinity for filters without a ReLU. */
  floor?: number;
  /** Trim columns from both ends while they hold less than this many bits; no trimming unless said. */
  trimBits?: number;
}

/**
 * Motifs of the filters from the place in each sequence that excites each most, one site per sequence at most, after
 * DeepBind (Alipanahi et al. 2015). Ranked as by `filtersToMotifs`.
 */
export function maximaToMotifs(batch: ActivationBatch, options: MaximumSitesOptions): Motif[] {
  return rankMotifs(new MaximumSites(options, options.floor).add(batch).motifs(options.trimBits));
}

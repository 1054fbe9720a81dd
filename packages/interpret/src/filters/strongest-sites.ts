import { completeMotifs, type Motif } from '../motifs/motif';
import { rankMotifs } from '../motifs/rank';
import { type ActivationBatch, checkBatch, type FilterWindow, forEachWindow } from './activation-batch';
import { KmerCounts } from './kmer-counts';

interface Site {
  activation: number;
  sequence: string;
  start: number;
}

/**
 * One pass over a stream of batches: keeps the `count` strongest sites of each filter. Only activations above `floor`
 * are sites, since 0 after a ReLU means silence; of equal ones the first come stays.
 */
export class StrongestSites {
  private positions = 0;
  private readonly sites: Site[][] = []; // one list per filter, strongest first

  constructor(
    private readonly window: FilterWindow,
    private readonly count = 100,
    private readonly floor = 0,
  ) {}

  add(batch: ActivationBatch): this {
    checkBatch(batch, this.sites.length || undefined);
    while (this.sites.length < batch.shape[2]) this.sites.push([]);
    forEachWindow(batch, this.window, (sequence, start, row) => {
      this.positions++;
      for (const [filter, sites] of this.sites.entries()) {
        const activation = batch.activations[row + filter];
        if (activation > this.leastOf(sites))
          this.keep(sites, { activation, sequence: batch.sequences[sequence], start });
      }
    });
    return this;
  }

  /** One motif per filter that found a site, in the order of the filters; `trimBits` as in `filtersToMotifs`. */
  motifs(trimBits?: number): Motif[] {
    const { positions } = this;
    const observed = this.sites.map((sites, filter) => {
      const kmers = new KmerCounts(this.window.width);
      for (const { sequence, start } of sites) kmers.add(sequence, start);
      const threshold = sites.at(-1)?.activation ?? this.floor;
      return { filter, counts: kmers.matrix(), sites: sites.length, positions, threshold };
    });
    return completeMotifs(observed, trimBits);
  }

  private leastOf(sites: readonly Site[]): number {
    return sites.length < this.count ? this.floor : sites[this.count - 1].activation;
  }

  private keep(sites: Site[], site: Site): void {
    const place = sites.findIndex(({ activation }) => activation < site.activation);
    sites.splice(place < 0 ? sites.length : place, 0, site);
    if (sites.length > this.count) sites.pop();
  }
}

/** Options of `strongestSitesToMotifs`. */
export interface StrongestSitesOptions extends FilterWindow {
  /** Sites taken per filter; 100 unless said. */
  count?: number;
  /** A site's activation lies above this; 0 unless said, −Infinity for filters without a ReLU. */
  floor?: number;
  /** Trim columns from both ends while they hold less than this many bits; no trimming unless said. */
  trimBits?: number;
}

/**
 * Motifs of the filters from the sites that excite each most (EUGENe, Klie et al. 2023: the top 100 of each filter).
 * Sharper than `filtersToMotifs`, and blind to how often a filter fires. Ranked by `netInformation`.
 */
export function strongestSitesToMotifs(batch: ActivationBatch, options: StrongestSitesOptions): Motif[] {
  return rankMotifs(new StrongestSites(options, options.count, options.floor).add(batch).motifs(options.trimBits));
}

import { completeMotifs, type Motif } from '../motifs/motif';
import { type ActivationBatch, checkBatch, type FilterWindow, forEachWindow } from './activation-batch';
import { KmerCounts } from './kmer-counts';

/** Second pass over a stream of batches: counts the k-mer of each position at which a filter exceeds its threshold. */
export class SiteCounter {
  private positions = 0;
  private readonly kmers: KmerCounts[]; // one per filter
  private controlPositions = 0;
  private readonly controlSites: number[]; // one per filter

  constructor(
    private readonly window: FilterWindow,
    private readonly thresholds: readonly number[],
  ) {
    this.kmers = thresholds.map(() => new KmerCounts(window.width));
    this.controlSites = thresholds.map(() => 0);
  }

  /** Counts the k-mers of a batch. */
  add(batch: ActivationBatch): this {
    this.positions += this.visitSites(batch, (filter, sequence, start) => this.kmers[filter].add(sequence, start));
    return this;
  }

  /** Counts the sites of a batch of control sequences, without their letters. */
  addControl(batch: ActivationBatch): this {
    this.controlPositions += this.visitSites(batch, (filter) => this.controlSites[filter]++);
    return this;
  }

  /** One motif per filter that found a site, in the order of the filters; `trimBits` as in `filtersToMotifs`. */
  motifs(trimBits?: number): Motif[] {
    const observed = this.kmers.map((kmers, filter) => ({
      filter,
      counts: kmers.matrix(),
      sites: kmers.sites,
      positions: this.positions,
      threshold: this.thresholds[filter],
      ...(this.controlPositions > 0 && {
        control: { sites: this.controlSites[filter], positions: this.controlPositions },
      }),
    }));
    return completeMotifs(observed, trimBits);
  }

  /** Calls `visit` for each position above its filter's threshold, and returns how many positions there were. */
  private visitSites(batch: ActivationBatch, visit: (filter: number, sequence: string, start: number) => void): number {
    checkBatch(batch, this.thresholds.length);
    let positions = 0;
    forEachWindow(batch, this.window, (sequence, start, row) => {
      positions++;
      for (let filter = 0; filter < this.thresholds.length; filter++) {
        const isSite = batch.activations[row + filter] > this.thresholds[filter];
        if (isSite) visit(filter, batch.sequences[sequence], start);
      }
    });
    return positions;
  }
}

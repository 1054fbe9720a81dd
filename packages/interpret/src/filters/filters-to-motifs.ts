import type { Motif } from '../motifs/motif';
import { rankMotifs } from '../motifs/rank';
import type { ActivationBatch, FilterWindow } from './activation-batch';
import { ActivationSummary } from './activation-summary';
import { SiteCounter } from './site-counter';

/** Options of `filtersToMotifs`: the window of the filters, the threshold, the trimming. */
export interface FilterMotifOptions extends FilterWindow {
  /** Where between mean (0) and maximum (1) of a filter's activations the threshold lies; ½ unless said. */
  fraction?: number;
  /** Trim columns from both ends while they hold less than this many bits (Basset: 0.2); no trimming unless said. */
  trimBits?: number;
}

/**
 * Motifs of the filters by what excites them (Kelley, Snoek & Rinn 2016, Basset): every position at which a filter
 * exceeds mean + ½·(max − mean) of its activations gives its k-mer; the k-mers are aligned and counted. Positions whose
 * window reaches past the sequence count in neither. Filters without a site are left out, the rest is ranked by
 * `motifScore`. With `control`, activations on control sequences such as shuffles, the motifs that are enriched against
 * them come first.
 */
export function filtersToMotifs(
  batch: ActivationBatch,
  options: FilterMotifOptions & { control?: ActivationBatch },
): Motif[] {
  const thresholds = new ActivationSummary(options).add(batch).thresholds(options.fraction);
  const counter = new SiteCounter(options, thresholds).add(batch);
  if (options.control) counter.addControl(options.control);
  return rankMotifs(counter.motifs(options.trimBits));
}

/** Batches that come one by one. */
export type ActivationStream = AsyncIterable<ActivationBatch> | Iterable<ActivationBatch>;

/**
 * `filtersToMotifs` over batches that together fit no memory: `batches` is called twice, for the thresholds and for the
 * sites, `control` once.
 */
export async function streamFiltersToMotifs(
  batches: () => ActivationStream,
  options: FilterMotifOptions & { control?: () => ActivationStream },
): Promise<Motif[]> {
  const summary = new ActivationSummary(options);
  for await (const batch of batches()) summary.add(batch);
  const counter = new SiteCounter(options, summary.thresholds(options.fraction));
  for await (const batch of batches()) counter.add(batch);
  for await (const batch of options.control?.() ?? []) counter.addControl(batch);
  return rankMotifs(counter.motifs(options.trimBits));
}

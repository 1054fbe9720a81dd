import { type ActivationBatch, checkBatch, type FilterWindow, forEachWindow } from './activation-batch';
import { ActivationSummary } from './activation-summary';

/** From which activation on a filter has found something. */
export interface EventOptions extends FilterWindow {
  /** One for each filter; mean + ½·(max − mean) of its activations unless said, as in `filtersToMotifs`. */
  thresholds?: readonly number[];
}

/** Thresholds of a batch, as given or by the rule of Basset. */
export function thresholdsOf(where: string, batch: ActivationBatch, options: EventOptions): readonly number[] {
  checkBatch(batch);
  const { thresholds = new ActivationSummary(options).add(batch).thresholds() } = options;
  if (thresholds.length === batch.shape[2]) return thresholds;
  throw new RangeError(
    `${where}: expected ${batch.shape[2]} thresholds, one for each filter, got ${thresholds.length}`,
  );
}

/** The activations of some filters over the positions of each sequence whose windows lie inside it. */
export function mapsOf(batch: ActivationBatch, window: FilterWindow, filters: readonly number[]): Float64Array[][] {
  const rows: number[][] = Array.from(batch.sequences, () => []);
  forEachWindow(batch, window, (sequence, _start, row) => rows[sequence].push(row));
  return rows.map((own) => filters.map((filter) => Float64Array.from(own, (row) => batch.activations[row + filter])));
}

import type { ColumnScore, Prepared } from './column-scores';
import { lowerMedian, rangeOf } from './median';
import type { Range } from './median';

/** How finely a column score is resolved; part of Tomtom's definition, for other numbers of bins give other p-values. */
export const BINS = 100;

/** The scores of a query's columns with all columns of the targets, as whole numbers of bins. */
export interface BinnedScores {
  /** How many columns the query has. */
  readonly width: number;
  /** How many columns the targets have, both strands. */
  readonly count: number;
  /** 0 to `BINS`. [width, count] */
  readonly bins: Uint8Array;
  /** The bin of a query column that lies beside nothing; 0 if such columns do not count. */
  readonly unaligned: number;
}

/** Scores of a query's columns before they are binned; kept from query to query, for they are large. */
export class ScoreTable {
  #rows = new Float64Array(0);
  #bins = new Uint8Array(0);

  /**
   * Scores in bins from the least to the largest of the query. With `isComplete`, each query column is first shifted so
   * that its median score is 0, and a column that lies beside nothing scores 0 (Tanaka et al. 2011). The bins hold until
   * the next call.
   */
  bin(score: ColumnScore, query: Prepared, targets: Prepared, isComplete: boolean): BinnedScores {
    const [width, count] = [query.count, targets.count];
    if (this.#rows.length < width * count) {
      this.#rows = new Float64Array(width * count);
      this.#bins = new Uint8Array(width * count);
    }
    const shifts = new Float64Array(width);
    const range = { least: Infinity, largest: -Infinity };
    for (let i = 0; i < width; i++) {
      const row = this.#rows.subarray(i * count, (i + 1) * count);
      score.fillRow(query, i, targets, row);
      const { least, largest } = rangeOf(row);
      shifts[i] = isComplete ? lowerMedian(row, { least, largest }) : 0;
      range.least = Math.min(range.least, least - shifts[i]);
      range.largest = Math.max(range.largest, largest - shifts[i]);
    }
    const { origin, scale } = scaleOf(range);
    for (let i = 0; i < width; i++) this.#binRow(i * count, (i + 1) * count, shifts[i], origin, scale);
    const unaligned = isComplete ? Math.round(-origin * scale) : 0;
    return { width, count, bins: this.#bins.subarray(0, width * count), unaligned };
  }

  #binRow(from: number, to: number, shift: number, origin: number, scale: number): void {
    const [rows, bins] = [this.#rows, this.#bins];
    for (let at = from; at < to; at++) bins[at] = (rows[at] - shift - origin) * scale + 0.5; // cut to a whole number
  }
}

/** Both whole numbers, so that 0 falls into the middle of a bin; but a range of more than `BINS` needs a scale below 1. */
function scaleOf({ least, largest }: Range): { origin: number; scale: number } {
  const origin = Math.floor(largest === least ? largest - 1 : least);
  const scale = BINS / (largest - origin);
  return { origin, scale: scale < 1 ? scale : Math.floor(scale) };
}

import type { BinnedScores } from './binned-scores';

/** Which alignments of a query with a target are tried. */
export interface AlignmentOptions {
  /** The least number of columns side by side; never more than the narrower motif has. */
  readonly minOverlap: number;
  /** Only those in which the narrower motif lies within the wider. */
  readonly internal: boolean;
}

/** A query's best alignments with many targets. */
export class Alignments {
  /** The column of the target, turned if its other strand is meant, at which the query begins. */
  readonly offset: Int32Array;
  readonly overlap: Int32Array;
  /** What the rank of the alignment says: the larger, the better. */
  readonly value: Float64Array;

  constructor(targets: number) {
    this.offset = new Int32Array(targets);
    this.overlap = new Int32Array(targets);
    this.value = new Float64Array(targets);
  }
}

/** What makes one alignment better than another, from its score and the query's columns `first` to `last`. */
export type Rank = (score: number, first: number, last: number) => number;

/**
 * The best alignment of the query with each target, whose columns follow each other. Of equals the widest overlap, and of
 * those the leftmost.
 */
export function bestAlignments(
  { bins, width, count }: BinnedScores,
  targetWidths: ArrayLike<number>,
  rank: Rank,
  options: AlignmentOptions,
): Alignments {
  const best = new Alignments(targetWidths.length);
  for (let target = 0, start = 0; target < targetWidths.length; start += targetWidths[target++]) {
    const targetWidth = targetWidths[target];
    const [from, to] = offsets(width, targetWidth, options);
    let [bestOffset, bestOverlap, bestValue] = [0, 0, -Infinity];
    for (let offset = from; offset <= to; offset++) {
      const first = offset < 0 ? -offset : 0;
      const last = (width < targetWidth - offset ? width : targetWidth - offset) - 1;
      let score = 0;
      for (let i = first, at = first * count + start + first + offset; i <= last; i++, at += count + 1) {
        score += bins[at];
      }
      const value = rank(score, first, last);
      const overlap = last - first + 1;
      if (value > bestValue || (value === bestValue && overlap > bestOverlap)) {
        bestOffset = offset;
        bestOverlap = overlap;
        bestValue = value;
      }
    }
    best.offset[target] = bestOffset;
    best.overlap[target] = bestOverlap;
    best.value[target] = bestValue;
  }
  return best;
}

/** The first and the last offset that is tried. */
export function offsets(query: number, target: number, { minOverlap, internal }: AlignmentOptions): [number, number] {
  const least = internal ? Math.min(query, target) : Math.max(1, Math.min(minOverlap, query, target));
  return [least - query, target - least];
}

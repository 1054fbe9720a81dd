import type { Matrix } from '../motifs/matrix';

/** A run of positions, from `start`, counted from 0, to before `end`. */
export interface PositionWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * The windows that hold most of the absolute heights, the middle of a window counting more than its ends so that what is
 * strong comes to stand there: the strongest, then the strongest that does not overlap it, and so on; in the order of
 * their positions. Fewer where no more fit or nothing is left.
 */
export function strongestWindows(
  heights: Matrix,
  { width, count }: { width: number; count: number },
): PositionWindow[] {
  const span = Math.min(width, heights.length);
  const sums = windowSums(heights, span);
  const chosen: number[] = [];
  for (let i = 0; i < count; i++) {
    const best = strongestApart(sums, chosen, span);
    if (best < 0) break;
    chosen.push(best);
  }
  return chosen.sort((a, b) => a - b).map((start) => ({ start, end: start + span }));
}

/** Sums over each window, weighted by a triangle that falls from 1 in the middle towards 0 at the ends. */
function windowSums(heights: Matrix, span: number): Float64Array {
  const sizes = Float64Array.from(heights, (row) => row.reduce((sum, height) => sum + Math.abs(height), 0));
  const weights = Float64Array.from({ length: span }, (_, i) => 1 - Math.abs(2 * i + 1 - span) / (span + 1));
  return Float64Array.from({ length: heights.length - span + 1 }, (_, start) =>
    weights.reduce((sum, weight, i) => sum + weight * sizes[start + i], 0),
  );
}

function strongestApart(sums: Float64Array, chosen: readonly number[], span: number): number {
  let best = -1;
  for (let i = 0; i < sums.length; i++) {
    if (chosen.some((start) => Math.abs(start - i) < span)) continue;
    if (best < 0 || sums[i] > sums[best]) best = i;
  }
  return best >= 0 && (sums[best] > 0 || chosen.length === 0) ? best : -1;
}

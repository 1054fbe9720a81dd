import { BINS } from './binned-scores';
import type { BinnedScores } from './binned-scores';

/** P(score ≥ s) of each span of a query's columns against columns drawn from the targets at random. */
export interface SpanSurvival {
  /** For columns `first` to `last`; 1 below the least score, 0 above the largest. */
  at(first: number, last: number, score: number): number;
}

/** Survival functions of all spans of at most `longest` columns, by convolution of the columns' histograms. */
export function spanSurvival(scores: BinnedScores, longest: number): SpanSurvival {
  const { width } = scores;
  const histograms = histogramsOf(scores);
  const tables = new Array<Float64Array>(width * width);
  for (let first = 0; first < width; first++) {
    let pmf: Float64Array = Float64Array.of(1);
    for (let last = first; last < Math.min(width, first + longest); last++) {
      pmf = convolve(pmf, histograms[last]);
      tables[first * width + last] = survivalOf(pmf);
    }
  }
  return {
    at: (first, last, score) => (score <= 0 ? 1 : (tables[first * width + last][score] ?? 0)),
  };
}

/** How often a query's column scores each bin. [width][bins] */
function histogramsOf({ width, count, bins }: BinnedScores): Float64Array[] {
  return Array.from({ length: width }, (_, i) => {
    const histogram = new Float64Array(BINS + 1);
    for (let at = i * count; at < (i + 1) * count; at++) histogram[bins[at]]++;
    return histogram.map((n) => n / count);
  });
}

/** The distribution of a sum, as long as its largest value asks. */
function convolve(pmf: Float64Array, histogram: Float64Array): Float64Array {
  const sum = new Float64Array(pmf.length + histogram.findLastIndex((share) => share > 0));
  const least = pmf.findIndex((p) => p > 0);
  for (let bin = 0; bin < histogram.length; bin++) {
    const share = histogram[bin];
    if (share === 0) continue;
    for (let k = least, at = least + bin; k < pmf.length; k++, at++) sum[at] += pmf[k] * share;
  }
  return sum;
}

/** Summed from the far end, so that the tail keeps its digits. */
function survivalOf(pmf: Float64Array): Float64Array {
  const survival = new Float64Array(pmf.length);
  for (let k = pmf.length - 1, total = 0; k >= 0; k--) survival[k] = Math.min(1, (total += pmf[k]));
  return survival;
}

/**
 * P(the best complete score ≥ s) over all alignments of the query with a target of `targetWidth` columns, on one strand or
 * both, alignments taken as independent: 1 − Π(1 − P). A query column that lies beside nothing adds `unaligned` bins.
 */
export function maximumSurvival(
  { width, unaligned }: BinnedScores,
  spans: SpanSurvival,
  { targetWidth, strands }: { targetWidth: number; strands: 1 | 2 },
): (score: number) => number {
  const cache = new Map<number, number>();
  const survival = (score: number): number => {
    let logOfNone = 0;
    for (let offset = 1 - width; offset < targetWidth; offset++) {
      const [first, last] = [Math.max(0, -offset), Math.min(width, targetWidth - offset) - 1];
      const aligned = score - (width - (last - first + 1)) * unaligned;
      logOfNone += Math.log1p(-spans.at(first, last, aligned));
    }
    return -Math.expm1(strands * logOfNone);
  };
  return (score) => {
    const known = cache.get(score) ?? survival(score);
    cache.set(score, known);
    return known;
  };
}

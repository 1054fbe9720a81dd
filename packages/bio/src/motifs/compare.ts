import type { Motif } from './motif';
import { placements } from './placement';
import type { OverlapOptions, Placement } from './placement';
import type { Matrix } from './pwm';

/** How well two motifs agree where they agree best. */
export interface Comparison extends Placement {
  /** Pearson's correlation of all probabilities in the columns laid side by side, −1 to 1. */
  readonly pearson: number;
}

/**
 * Two motifs at the offset and strand where their probabilities correlate best. Of equals, the widest overlap.
 * At least 8 positions lie side by side unless said: few positions correlate by chance, and of 4, 6, 8, 10 and 12, 8 found
 * most of JASPAR 2014's motifs again in JASPAR 2022. For how surprising a match is, see `tomtom`.
 */
export function compareMotifs(query: Matrix, target: Matrix, options: OverlapOptions = {}): Comparison {
  if (query.length === 0 || target.length === 0) throw new RangeError('compareMotifs: a motif has no positions');
  return compareStrands(strandsOf(query), strandsOf(target), options);
}

/** A matrix as numbers in a row, and that of its other strand. */
export interface Strands {
  readonly '+': Float64Array;
  readonly '-': Float64Array;
  readonly width: number;
}

/** A matrix made ready to be compared with many. */
export function strandsOf(matrix: Matrix): Strands {
  const given = Float64Array.from(matrix.flat());
  return { '+': given, '-': given.slice().reverse(), width: matrix.length }; // in ACGT, partners stand mirrored
}

/** `compareMotifs` of matrices made ready. */
export function compareStrands(query: Strands, target: Strands, { minimumOverlap = 8 }: OverlapOptions): Comparison {
  const letters = target['+'].length / target.width;
  let best: Comparison | undefined;
  for (const place of placements(query.width, target.width, minimumOverlap)) {
    const comparison = { pearson: correlate(query[place.strand], target['+'], place.offset, letters), ...place };
    if (!best || isBetter(comparison, best)) best = comparison;
  }
  return best!;
}

/** A motif of a library, and how the query lies on it. */
export interface Match extends Comparison {
  readonly motif: Motif;
}

/** The motif of `library` that the query correlates with best. */
export function bestMatch(query: Matrix, library: readonly Motif[], options: OverlapOptions = {}): Match {
  if (library.length === 0) throw new RangeError('bestMatch: the library has no motifs');
  const matches = library.map((motif) => ({ ...compareMotifs(query, motif.probabilities, options), motif }));
  return matches.reduce((best, match) => (isBetter(match, best) ? match : best));
}

function isBetter(a: Comparison, b: Comparison): boolean {
  const isTie = Math.abs(a.pearson - b.pearson) < 1e-9; // rounding must not decide
  return isTie ? a.columns > b.columns : a.pearson > b.pearson;
}

/** Pearson's correlation over the columns shared at `offset`, in one pass; 0 if one side is constant. */
function correlate(query: Float64Array, target: Float64Array, offset: number, letters: number): number {
  const from = Math.max(0, offset * letters);
  const to = Math.min(target.length, offset * letters + query.length);
  const n = to - from;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  for (let i = from, j = from - offset * letters; i < to; i++, j++) {
    const x = query[j];
    const y = target[i];
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const [varianceA, varianceB] = [aa - (a * a) / n, bb - (b * b) / n];
  const isFlat = Math.min(varianceA, varianceB) < 1e-12 * n; // only rounding is left
  const r = (ab - (a * b) / n) / Math.sqrt(varianceA * varianceB);
  return isFlat ? 0 : Math.max(-1, Math.min(1, r));
}

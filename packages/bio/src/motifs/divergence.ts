import { placements, sideBySide } from './placement';
import type { OverlapOptions, Placement } from './placement';
import { sum } from './pwm';
import type { Matrix } from './pwm';

/**
 * How far one distribution is from another, Σ p·log₂(p/q) in bits (Kullback & Leibler 1951). Not symmetric; infinite where
 * q excludes what p allows.
 */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return sum(p.map((value, letter) => (value > 0 ? value * Math.log2(value / q[letter]) : 0)));
}

/** The mean divergence of two distributions from their mean, 0 to 1 bit, symmetric (Lin 1991, eq. 3.4). */
export function jsDivergence(p: readonly number[], q: readonly number[]): number {
  const mean = p.map((value, letter) => (value + q[letter]) / 2);
  return (klDivergence(p, mean) + klDivergence(q, mean)) / 2;
}

/** How far two motifs are from each other where they are closest. */
export interface Divergence extends Placement {
  /** The mean over the positions side by side, in bits. */
  readonly bits: number;
}

/** What is measured, and over how much. */
export interface DivergenceOptions extends OverlapOptions {
  /** `'jsd'` unless said; `'kl'` is the query's from the target, so add pseudocounts to the target before. */
  readonly measure?: 'jsd' | 'kl';
}

/**
 * Two motifs at the offset and strand where they diverge least; of equals, the widest overlap. At least 8 positions lie
 * side by side unless said, or all of the narrower motif.
 */
export function motifDivergence(query: Matrix, target: Matrix, options: DivergenceOptions = {}): Divergence {
  const { measure = 'jsd', minimumOverlap = 8 } = options;
  if (query.length === 0 || target.length === 0) throw new RangeError('motifDivergence: a motif has no positions');
  const ofColumns = measure === 'kl' ? klDivergence : jsDivergence;
  let best: Divergence | undefined;
  for (const place of placements(query.length, target.length, minimumOverlap)) {
    const [p, q] = sideBySide(query, target, place);
    const bits = sum(p.map((row, position) => ofColumns(row, q[position]))) / place.columns;
    if (!best || isCloser({ bits, ...place }, best)) best = { bits, ...place };
  }
  return best!;
}

function isCloser(a: Divergence, b: Divergence): boolean {
  const isTie = a.bits === b.bits || Math.abs(a.bits - b.bits) < 1e-12; // rounding must not decide
  return isTie ? a.columns > b.columns : a.bits < b.bits;
}

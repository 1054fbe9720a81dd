import type { Pace } from '../long-run';
import type { ScoredLetters } from './tracks';
import { windowSums, type WindowSum } from './window-sums';

/** A window that stands out in its sequence. */
export interface Peak {
  readonly sequence: number;
  /** Its first position. */
  readonly start: number;
  /** What it holds; the sign is that of the sum of its contributions. */
  readonly score: number;
}

/**
 * The windows of each sequence from the strongest, of either sign, to the weakest, without those that overlap a stronger
 * one. What is left is some candidates per sequence, most of them noise: a threshold tells them apart.
 */
export async function windowMaxima(
  scored: ScoredLetters,
  window: number,
  kind: WindowSum,
  pace: Pace,
): Promise<Peak[]> {
  const peaks: Peak[] = [];
  for (let sequence = 0; sequence < scored.sequences; sequence++) {
    const sums = windowSums(scored, sequence, window, kind);
    for (const start of strongestApart(sums, window)) peaks.push({ sequence, start, score: sums[start] });
    await pace.step();
  }
  return peaks;
}

/** Places of the largest values by size, at least `distance` apart; NaN and 0 are none. */
function strongestApart(values: Float64Array, distance: number): number[] {
  const order = Array.from(values.keys()).filter((i) => Math.abs(values[i]) > 0);
  order.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
  const isTaken = new Uint8Array(values.length);
  return order.filter((place) => {
    if (isTaken[place]) return false;
    isTaken.fill(1, Math.max(0, place - distance + 1), place + distance);
    return true;
  });
}

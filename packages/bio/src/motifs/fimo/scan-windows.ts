import type { Strand } from '../strand';
import type { IntegerWeights } from './integer-weights';
import { SEVERAL } from './letter-numbers';

/**
 * Calls `found` for each window of at least `least` steps, from left to right.
 * @returns how many windows have a score
 */
export function scanWindows(
  letters: Uint8Array,
  weights: IntegerWeights,
  strand: Strand,
  least: number,
  found: (position: number, steps: number) => void,
): number {
  const { width, letters: stride } = weights;
  const steps = strand === '+' ? weights.steps : weights.steps.slice().reverse(); // in ACGT, partners stand mirrored
  let [tests, scorableFrom] = [0, 0];
  for (let end = 0; end < letters.length; end++) {
    if (letters[end] === SEVERAL) scorableFrom = end + 1;
    const position = end + 1 - width;
    if (position < scorableFrom) continue;
    tests++;
    let score = 0;
    for (let i = 0, at = 0; i < width; i++, at += stride) score += steps[at + letters[position + i]];
    if (score >= least) found(position, score);
  }
  return tests;
}

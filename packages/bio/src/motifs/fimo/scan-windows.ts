import type { Strand } from '../../strand';
import type { IntegerWeights } from './integer-weights';
import { SEVERAL } from './letter-numbers';

/** Calls `scored` for each window without codes for several letters, from left to right. */
export function scanWindows(
  letters: Uint8Array,
  weights: IntegerWeights,
  strand: Strand,
  scored: (position: number, steps: number) => void,
): void {
  const { width, letters: stride } = weights;
  const steps = strand === '+' ? weights.steps : weights.steps.slice().reverse(); // in ACGT, partners stand mirrored
  let scorableFrom = 0;
  for (let end = 0; end < letters.length; end++) {
    if (letters[end] === SEVERAL) scorableFrom = end + 1;
    const position = end + 1 - width;
    if (position < scorableFrom) continue;
    let score = 0;
    for (let i = 0, at = 0; i < width; i++, at += stride) score += steps[at + letters[position + i]];
    scored(position, score);
  }
}

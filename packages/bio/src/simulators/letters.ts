import { choiceFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** Letters drawn one by one, each of `letters` as likely: `ACGT` unless said; one that stands there twice is twice as likely. */
export function simulateLetters(length: number, rng: RandomSource, letters = 'ACGT'): string {
  return Array.from({ length }, () => choiceFrom(rng, letters)).join('');
}

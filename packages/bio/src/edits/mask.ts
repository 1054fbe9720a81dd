import { distinctFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** A copy in which `count` letters, every choice as likely, have become `N` or another letter. */
export function maskRandomly(
  sequence: string,
  { count, rng, letter = 'N' }: { readonly count: number; readonly rng: RandomSource; readonly letter?: string },
): string {
  if (!(Number.isInteger(count) && count >= 0 && count <= sequence.length)) {
    throw new RangeError(`maskRandomly: expected a count from 0 to ${sequence.length}, got ${count}`);
  }
  const letters = [...sequence];
  for (const at of distinctFrom(rng, count, sequence.length)) letters[at] = letter;
  return letters.join('');
}

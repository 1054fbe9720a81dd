import { reverseComplement } from '../edits/reverse-complement';
import { shuffled } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { sequenceWith } from './sequence-with';

/** How far enhancers are. */
export interface SimulateDistantEnhancersOptions {
  readonly rng: RandomSource;
  /** 100 unless said; every second sequence has the enhancer. */
  readonly count?: number;
  /** 50 000 unless said. */
  readonly lengthBp?: number;
  /** The enhancer begins within the first so many letters, 1 000 unless said. */
  readonly withinBp?: number;
  /** Its letters, `TGAGTCACCGGAAGT` unless said. */
  readonly enhancer?: string;
}

/** Sequences that end with a promoter, whose activity is decided at their beginning. */
export interface SimulatedDistantEnhancers {
  readonly sequences: readonly string[];
  /** 1 where the promoter is active.   [count] */
  readonly labels: Uint8Array;
  /** Where the enhancer, or its scrambled letters, begin.   [count] */
  readonly positions: Uint32Array;
}

const PROMOTER = 'TATAAAAG';

/**
 * Each promoter at the end is active if the enhancer stands far off at the beginning; where it is not, the same letters stand
 * there in another order. Neither the enhancer nor the promoter's letters occur anywhere else.
 */
export function simulateDistantEnhancers({
  rng,
  ...options
}: SimulateDistantEnhancersOptions): SimulatedDistantEnhancers {
  const { count = 100, lengthBp = 50_000, withinBp = 1000, enhancer = 'TGAGTCACCGGAAGT' } = options;
  if (!(withinBp >= 1 && withinBp + enhancer.length + PROMOTER.length <= lengthBp)) {
    throw new RangeError(
      `simulateDistantEnhancers: expected withinBp to leave room in ${lengthBp} bp, got ${withinBp}`,
    );
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => (i + 1) % 2);
  const positions = Uint32Array.from({ length: count }, () => rng.integer(withinBp));
  const avoid = [enhancer, PROMOTER].flatMap((word) => [word, reverseComplement(word)]);
  const sequences = Array.from(labels, (label, i) => {
    const letters = label ? enhancer : scrambled(enhancer, rng);
    const elements = [
      { position: positions[i], letters },
      { position: lengthBp - PROMOTER.length, letters: PROMOTER },
    ];
    return sequenceWith(simulateLetters(lengthBp, rng), { rng, elements, avoid });
  });
  return { sequences, labels, positions };
}

/** The letters in another order, on either strand. */
function scrambled(word: string, rng: RandomSource): string {
  const isAlike = [...word].every((letter) => letter === word[0]);
  if (isAlike) throw new RangeError(`simulateDistantEnhancers: ${word} has no other order`);
  for (;;) {
    const other = shuffled([...word], rng).join('');
    if (other !== word && other !== reverseComplement(word)) return other;
  }
}

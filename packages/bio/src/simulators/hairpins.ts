import { dinucleotideShuffle } from '../edits/shuffle';
import { choiceFrom, happens, integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';

/** A precursor of a microRNA, or what looks like one. */
export interface SimulatedHairpin {
  readonly sequence: string;
  /** Dots and brackets, the planted fold; `''` for a shuffled one, which has none. */
  readonly structure: string;
  /** `shuffled` has the dinucleotides of a precursor; `pseudo` folds, with a stem half as long. */
  readonly kind: 'precursor' | 'shuffled' | 'pseudo';
  /** Precursors of one family descend from one; what was made from a precursor is of its family. */
  readonly family: number;
}

/** How many hairpins. */
export interface SimulateHairpinsOptions {
  readonly rng: RandomSource;
  /** Precursors, and negatives of either kind: 200 of each unless said. */
  readonly count?: number;
  /** 20 unless said. */
  readonly families?: number;
  /** How often a pair of a stem or a letter of a loop differs from the family's, 0.1 unless said. */
  readonly divergence?: number;
}

const PAIRS = ['AU', 'UA', 'GC', 'CG', 'GU', 'UG'];
const OFTEN = ['AU', 'UA', 'GC', 'CG', 'GC', 'CG', 'GU']; // GU is rarer

/** A stem from its outer end to the loop, two letters each, and the loop. */
interface Fold {
  readonly stem: readonly string[];
  readonly loop: string;
}

/**
 * Precursors of 24 to 30 positions of stem, some of them mismatched, and a loop of 6 to 15 letters, in families that differ by
 * exchanged pairs; beside each a shuffled copy of it and a hairpin of the same length whose stem is half as long. RNA.
 */
export function simulateHairpins({ rng, ...options }: SimulateHairpinsOptions): SimulatedHairpin[] {
  const { count = 200, families = 20, divergence = 0.1 } = options;
  const ancestors = Array.from({ length: families }, () => drawFold(integerFrom(rng, 24, 30), rng));
  return Array.from({ length: count }, (_, i) => {
    const family = i % families;
    const precursor = written(diverged(ancestors[family], divergence, rng), integerFrom(rng, 5, 10), rng);
    const pseudo = lookAlike(precursor.sequence.length, rng);
    return [
      { ...precursor, kind: 'precursor' as const, family },
      { sequence: dinucleotideShuffle(precursor.sequence, rng), structure: '', kind: 'shuffled' as const, family },
      { ...pseudo, kind: 'pseudo' as const, family },
    ];
  }).flat();
}

/** One position in eight does not pair, but never the last before the loop. */
function drawFold(positions: number, rng: RandomSource): Fold {
  const stem = Array.from({ length: positions }, (_, i) =>
    i < positions - 1 && happens(rng, 1 / 8) ? mismatch(rng) : choiceFrom(rng, OFTEN),
  );
  return { stem, loop: simulateLetters(integerFrom(rng, 6, 15), rng, 'ACGU') };
}

function mismatch(rng: RandomSource): string {
  for (;;) {
    const letters = simulateLetters(2, rng, 'ACGU');
    if (!PAIRS.includes(letters)) return letters;
  }
}

/** Pairs become other pairs, mismatches other mismatches. */
function diverged({ stem, loop }: Fold, rate: number, rng: RandomSource): Fold {
  const other = (pair: string) => (PAIRS.includes(pair) ? choiceFrom(rng, OFTEN) : mismatch(rng));
  return {
    stem: stem.map((pair) => (happens(rng, rate) ? other(pair) : pair)),
    loop: Array.from(loop, (letter) => (happens(rng, rate) ? simulateLetters(1, rng, 'ACGU') : letter)).join(''),
  };
}

/** The fold between flanks of `flank` letters each. */
function written({ stem, loop }: Fold, flank: number, rng: RandomSource): { sequence: string; structure: string } {
  const [left, right] = [0, 1].map(() => simulateLetters(flank, rng, 'ACGU'));
  const arms = [stem.map((pair) => pair[0]), stem.map((pair) => pair[1]).reverse()].map((arm) => arm.join(''));
  const isPaired = stem.map((pair) => PAIRS.includes(pair));
  const marks = (sign: string) => isPaired.map((paired) => (paired ? sign : '.'));
  const dots = '.'.repeat(flank);
  return {
    sequence: left + arms[0] + loop + arms[1] + right,
    structure: [dots, ...marks('('), '.'.repeat(loop.length), ...marks(')').reverse(), dots].join(''),
  };
}

/** A hairpin with a stem of 10 to 13 positions in as many letters. */
function lookAlike(length: number, rng: RandomSource): { sequence: string; structure: string } {
  const fold = drawFold(integerFrom(rng, 10, 13), rng);
  const { sequence, structure } = written(fold, 0, rng);
  const before = rng.integer(length - sequence.length + 1);
  const behind = length - sequence.length - before;
  return {
    sequence: simulateLetters(before, rng, 'ACGU') + sequence + simulateLetters(behind, rng, 'ACGU'),
    structure: '.'.repeat(before) + structure + '.'.repeat(behind),
  };
}

import { reverseComplement } from '../edits/reverse-complement';
import { choiceFrom, integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { drawPlaces } from './places';
import { sequenceWith } from './sequence-with';

/** Two motifs in sequences. */
export interface MotifPairOptions {
  readonly rng: RandomSource;
  /** 1 000 unless said; every second sequence is a positive. */
  readonly count?: number;
  /** 200 unless said. */
  readonly lengthBp?: number;
  /** Two of equal length that differ from each other on either strand, and from themselves: `GATAAG` and `GGAAGT` unless said. */
  readonly motifs?: readonly [string, string];
  /** Letters before the first motif and after the last, at least: 0 unless said. */
  readonly marginBp?: number;
}

/** Two motifs anywhere. */
export interface MotifPlacesOptions extends MotifPairOptions {
  /**
   * Letters between the motifs, at least: 1 unless said. With width − 1 here and as `marginBp`, a window of that width sees never
   * both motifs, and the end of a sequence only where it sees no motif.
   */
  readonly apartBp?: number;
}

/** Sequences that may hold two motifs, and where. */
export interface SimulatedMotifPairs {
  readonly sequences: readonly string[];
  /** 1 for a positive.   [count] */
  readonly labels: Uint8Array;
  /** Where each motif begins, the first and the second; −1 where it is not. */
  readonly places: readonly (readonly [number, number])[];
  /** What a negative lacks; `''` for a positive. */
  readonly kinds: readonly string[];
}

const MOTIFS = ['GATAAG', 'GGAAGT'] as const; // of GATA and of ETS factors

/** Positives have both motifs, in either order; negatives have none, on either strand. A bag of motifs tells them apart. */
export function simulateMotifPresence({ apartBp = 1, ...options }: MotifPlacesOptions): SimulatedMotifPairs {
  return simulatePairs(options, ({ widthBp, draw, rng }) => {
    const places = swappedAtRandom(drawTwo(widthBp, apartBp, draw), rng);
    return { positive: { places }, negative: { places: [-1, -1], kind: 'absent' } };
  });
}

/**
 * Positives have the first motif before the second, negatives after it. A positive and the negative behind it are the same
 * letters with the motifs exchanged: no count of motifs tells them apart.
 */
export function simulateMotifOrder({ apartBp = 1, ...options }: MotifPlacesOptions): SimulatedMotifPairs {
  return simulatePairs(options, ({ widthBp, draw }) => {
    const [left, right] = drawTwo(widthBp, apartBp, draw);
    return { positive: { places: [left, right] }, negative: { places: [right, left], kind: 'order' } };
  });
}

/** What a grammar asks for. */
export interface MotifGrammarOptions extends MotifPairOptions {
  /** From the first letter of the first motif to that of the second, 16 unless said: ten letters between them. */
  readonly spacingBp?: number;
  /** How far a wrong spacing may be off, at least 1: 10 unless said. */
  readonly mostOffBp?: number;
  /** What negatives do wrong, each as often; all three unless said. The motifs themselves are always there. */
  readonly negatives?: readonly ('spacing' | 'order' | 'strand')[];
}

/**
 * Positives have the second motif exactly so far to the right of the first; negatives have another spacing, the motifs
 * exchanged, or the second on the other strand.
 */
export function simulateMotifGrammar(options: MotifGrammarOptions): SimulatedMotifPairs {
  const { spacingBp = 16, mostOffBp = 10, negatives = ['spacing', 'order', 'strand'] } = options;
  if (!(mostOffBp >= 1 && negatives.length > 0)) {
    throw new RangeError(
      `simulateMotifGrammar: expected mostOffBp of at least 1 and a kind of negatives, got ${mostOffBp}`,
    );
  }
  return simulatePairs(options, ({ widthBp, draw, rng }) => {
    if (spacingBp < widthBp) {
      throw new RangeError(`simulateMotifGrammar: motifs of ${widthBp} bp cannot begin ${spacingBp} bp apart`);
    }
    const kind = choiceFrom(rng, negatives);
    const [from] = draw([spacingBp + widthBp]);
    const right: [number, number] = [from, from + spacingBp];
    if (kind === 'order') return { positive: { places: right }, negative: { places: [right[1], right[0]], kind } };
    if (kind === 'strand') return { positive: { places: right }, negative: { places: right, kind, isTurned: true } };
    const wrong = otherSpacing(spacingBp, mostOffBp, widthBp, rng);
    const [at] = draw([wrong + widthBp]);
    return { positive: { places: right }, negative: { places: [at, at + wrong], kind } };
  });
}

function otherSpacing(spacingBp: number, mostOffBp: number, widthBp: number, rng: RandomSource): number {
  for (;;) {
    const spacing = integerFrom(rng, Math.max(spacingBp - mostOffBp, widthBp), spacingBp + mostOffBp);
    if (spacing !== spacingBp) return spacing;
  }
}

interface Arrangement {
  readonly places: readonly [number, number];
  readonly kind?: string;
  /** Whether the second motif stands on the other strand. */
  readonly isTurned?: boolean;
}

/** Random places for elements of these widths, within the margins and so far apart. */
type Draw = (widths: readonly number[], apartBp?: number) => number[];

type Arrange = (room: { widthBp: number; draw: Draw; rng: RandomSource }) => {
  positive: Arrangement;
  negative: Arrangement;
};

/** Pairs of a positive and a negative on one background. */
function simulatePairs(options: MotifPairOptions, arrange: Arrange): SimulatedMotifPairs {
  const { rng, count = 1000, lengthBp = 200, motifs = MOTIFS, marginBp = 0 } = options;
  checkMotifs(motifs);
  const draw: Draw = (widths, apartBp = 0) =>
    drawPlaces(widths, lengthBp - 2 * marginBp, rng, { apartBp }).map((place) => place + marginBp);
  const all = Array.from({ length: Math.ceil(count / 2) }, () => {
    const { positive, negative } = arrange({ widthBp: motifs[0].length, draw, rng });
    const background = simulateLetters(lengthBp, rng);
    return [positive, negative].map((arrangement) => ({
      ...arrangement,
      sequence: written(background, motifs, arrangement, rng),
    }));
  })
    .flat()
    .slice(0, count);
  return {
    sequences: all.map(({ sequence }) => sequence),
    labels: Uint8Array.from(all, ({ kind }) => (kind === undefined ? 1 : 0)),
    places: all.map(({ places }) => places),
    kinds: all.map(({ kind = '' }) => kind),
  };
}

function written(
  background: string,
  motifs: readonly [string, string],
  { places, isTurned = false }: Arrangement,
  rng: RandomSource,
): string {
  const letters = [motifs[0], isTurned ? reverseComplement(motifs[1]) : motifs[1]];
  const elements = letters.map((motif, i) => ({ position: places[i], letters: motif }));
  const avoid = motifs.flatMap((motif) => [motif, reverseComplement(motif)]);
  return sequenceWith(background, { rng, elements: elements.filter(({ position }) => position >= 0), avoid });
}

/** Places left and right of each other, with letters between them that can be exchanged. */
function drawTwo(widthBp: number, apartBp: number, draw: Draw): [number, number] {
  const [left, right] = draw([widthBp, widthBp], apartBp);
  return [left, right];
}

function swappedAtRandom([a, b]: [number, number], rng: RandomSource): [number, number] {
  return rng.integer(2) === 0 ? [a, b] : [b, a];
}

function checkMotifs(motifs: readonly [string, string]): void {
  const forms = new Set(motifs.flatMap((motif) => [motif, reverseComplement(motif)]));
  if (forms.size === 4 && motifs[0].length === motifs[1].length && /^[ACGT]+$/.test(motifs.join(''))) return;
  throw new RangeError(
    `motifs: expected two of equal length, of A, C, G and T, that differ on either strand; got ${motifs.join(', ')}`,
  );
}

import { choiceFrom, normalFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';
import { drawPlaces } from './places';
import { placesOf, sequenceWith } from './sequence-with';

/** A word of a 3′ UTR and what each copy of it adds to the logarithm of the half-life. */
export interface UtrElement {
  readonly name: string;
  readonly letters: string;
  readonly effect: number;
}

/** An AU-rich element and the site of Pumilio make a messenger short-lived; a site rich in C keeps it. */
export const UTR_ELEMENTS: readonly UtrElement[] = [
  { name: 'ARE', letters: 'UAUUUAU', effect: -0.5 },
  { name: 'PUM', letters: 'UGUAAAUA', effect: -0.3 },
  { name: 'poly-C', letters: 'CCUCCC', effect: 0.3 },
];

/** What messengers are made of. */
export interface SimulateHalfLivesOptions {
  readonly rng: RandomSource;
  /** 1 000 unless said. */
  readonly count?: number;
  /** 160 unless said. */
  readonly lengthNt?: number;
  /** `UTR_ELEMENTS` unless said. */
  readonly elements?: readonly UtrElement[];
  /** A UTR has up to so many elements, 4 unless said. */
  readonly mostElements?: number;
  /** The half-life without elements, in hours: 6 unless said. */
  readonly hours?: number;
  /** Of the natural logarithm, 0.2 unless said. */
  readonly noiseSd?: number;
}

/** 3′ UTRs and their half-lives. */
export interface SimulatedHalfLives {
  readonly sequences: readonly string[];
  /** How often each element occurs, in the order of the elements.   [count, elements] */
  readonly copies: Uint8Array;
  /** ln(hours), without noise.   [count] */
  readonly expected: Float64Array;
  /** ln(hours), as measured.   [count] */
  readonly logHalfLives: Float64Array;
  /** The correlation of `expected` with `logHalfLives` over all messengers: no prediction can be expected to do better. */
  readonly ceiling: number;
}

/** Half-lives by the grammar of elements: each copy multiplies the half-life, wherever it stands. RNA. */
export function simulateHalfLives({ rng, ...options }: SimulateHalfLivesOptions): SimulatedHalfLives {
  const { count = 1000, lengthNt = 160, elements = UTR_ELEMENTS, mostElements = 4, hours = 6, noiseSd = 0.2 } = options;
  const words = elements.map(({ letters }) => letters.replaceAll('U', 'T'));
  const sequences = Array.from({ length: count }, () => {
    const chosen = Array.from({ length: rng.integer(mostElements + 1) }, () => choiceFrom(rng, words));
    const widths = chosen.map((word) => word.length);
    const places = drawPlaces(widths, lengthNt, rng, { apartBp: 1 });
    const planted = chosen.map((letters, i) => ({ position: places[i], letters }));
    return sequenceWith(simulateLetters(lengthNt, rng), { rng, elements: planted, avoid: words }).replaceAll('T', 'U');
  });
  const copies = sequences.map((sequence) => elements.map(({ letters }) => placesOf(letters, sequence).length));
  const effectOf = (own: readonly number[]) => own.reduce((sum, n, i) => sum + n * elements[i].effect, 0);
  const expected = Float64Array.from(copies, (own) => Math.log(hours) + effectOf(own));
  const logHalfLives = expected.map((value) => value + noiseSd * normalFrom(rng));
  return {
    sequences,
    copies: Uint8Array.from(copies.flat()),
    expected,
    logHalfLives,
    ceiling: correlation(expected, logHalfLives),
  };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: Float64Array, meanX: number, y: Float64Array, meanY: number) =>
    x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

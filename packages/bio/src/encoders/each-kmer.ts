import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { digitsOf } from './digits';

/** Which k-mers. */
export interface KmerOptions {
  /** DNA unless said; codes for several letters make a k-mer unknown. Case does not matter. */
  readonly alphabet?: Alphabet;
  /** How many letters, or which of several in a row count: `'1101'` reads the first, second and fourth. */
  readonly k: number | string;
}

/** How k-mers are counted. */
export interface KmerCountOptions {
  /** Whether the sequence closes to a circle, so that k-mers across its end count; false unless said. */
  readonly isCircular?: boolean;
  /** Whether a k-mer and its reverse complement count as one, under the first of the two in the alphabet; false unless said. */
  readonly isCanonical?: boolean;
}

/**
 * Calls `visit` for each k-mer without an unknown letter, in order, with its number and where it begins: its letters are digits,
 * the first the highest, so that with DNA AC is 1 and TT 15.
 * @throws RangeError if numbers could not be told apart, from 2⁵³ on
 */
export function eachKmer(
  sequence: string,
  { isCircular = false, isCanonical = false, ...which }: KmerOptions & KmerCountOptions,
  visit: (index: number, at: number) => void,
): void {
  const { alphabet = dna } = which;
  const offsets = offsetsOf(which);
  if (alphabet.letters.length ** offsets.length > MOST_NUMBERS) {
    throw new RangeError(`k-mers: ${alphabet.letters.length}^${offsets.length} are more than 2⁵³`);
  }
  const width = offsets[offsets.length - 1] + 1;
  const n = sequence.length;
  const digits = digitsOf(isCircular && n >= width ? sequence + sequence.slice(0, width - 1) : sequence, alphabet);
  const partners = isCanonical ? partnersOf(which, offsets) : undefined;
  if (width === offsets.length) return eachWhole(digits, width, alphabet.letters.length, partners, visit);
  eachGapped(digits, offsets, alphabet.letters.length, partners, visit);
}

const MOST_NUMBERS = 2 ** 53;

/** By letter, the number of the letter that pairs with it. */
type Partners = Int8Array;

/** K-mers without gaps: each is made from the one before. */
function eachWhole(
  digits: Int8Array,
  k: number,
  base: number,
  partners: Partners | undefined,
  visit: (index: number, at: number) => void,
): void {
  const high = base ** (k - 1);
  let [index, other, run] = [0, 0, 0]; // the k-mer, its reverse complement, how many known letters it has
  for (let i = 0; i < digits.length; i++) {
    const digit = digits[i];
    if (digit < 0) {
      run = 0;
      continue;
    }
    run++;
    index = (index % high) * base + digit;
    if (partners) other = Math.floor(other / base) + partners[digit] * high;
    if (run >= k) visit(partners && other < index ? other : index, i - k + 1);
  }
}

function eachGapped(
  digits: Int8Array,
  offsets: readonly number[],
  base: number,
  partners: Partners | undefined,
  visit: (index: number, at: number) => void,
): void {
  const last = offsets.length - 1;
  for (let at = 0; at + offsets[last] < digits.length; at++) {
    let [index, other, isKnown] = [0, 0, true];
    for (let i = 0; i <= last; i++) {
      const [digit, mirrored] = [digits[at + offsets[i]], digits[at + offsets[last - i]]];
      isKnown &&= digit >= 0;
      index = index * base + digit;
      if (partners && isKnown) other = other * base + partners[mirrored];
    }
    if (isKnown) visit(partners && other < index ? other : index, at);
  }
}

/** The places of a k-mer's letters, counted from the first. @throws RangeError */
export function offsetsOf({ k }: KmerOptions): number[] {
  const pattern = typeof k === 'string' ? k : Number.isInteger(k) && k > 0 && k < 32 ? '1'.repeat(k) : '';
  if (/^1([01]*1)?$/.test(pattern)) return [...pattern].flatMap((digit, i) => (digit === '1' ? [i] : []));
  throw new RangeError(`k-mers: expected k of at least 1 or a pattern such as '1101', got ${JSON.stringify(k)}`);
}

function partnersOf({ alphabet = dna, k }: KmerOptions, offsets: readonly number[]): Partners {
  const { letters, complements, name } = alphabet;
  const width = offsets[offsets.length - 1];
  if (offsets.some((offset) => !offsets.includes(width - offset))) {
    throw new RangeError(`k-mers: on the other strand the pattern ${k} is another, so that isCanonical has no meaning`);
  }
  const partners = Int8Array.from(letters, (letter) => letters.indexOf(partnerOf(letter, complements)));
  if (!partners.includes(-1)) return partners;
  throw new RangeError(`k-mers: the letters of ${name} do not pair, so that isCanonical has no meaning`);
}

const partnerOf = (letter: string, complements: Uint8Array) => String.fromCharCode(complements[letter.charCodeAt(0)]);

import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';

/** Which k-mers. */
export interface KmerOptions {
  /** DNA unless said; codes for several letters make a k-mer unknown. Case does not matter. */
  readonly alphabet?: Alphabet;
  /** How many letters, or which of several in a row count: `'1101'` reads the first, second and fourth. */
  readonly k: number | string;
}

/**
 * The number of the k-mer that begins at each position, for an embedding: its letters are digits, the first the highest,
 * so that with DNA AC is 1 and TT 15. −1 where a letter is unknown.   [length − width + 1]
 */
export function kmerIndices(sequence: string, options: KmerOptions): Int32Array {
  const { alphabet = dna } = options;
  const digits = digitsOf(sequence, alphabet);
  const offsets = offsetsOf(options);
  const width = offsets[offsets.length - 1] + 1;
  const base = alphabet.letters.length;
  return Int32Array.from({ length: Math.max(sequence.length - width + 1, 0) }, (_, at) => {
    let index = 0;
    for (const offset of offsets) {
      const digit = digits[at + offset];
      if (digit < 0) return -1;
      index = index * base + digit;
    }
    return index;
  });
}

/** How often each k-mer occurs, unknown ones left out.   [letters^k] */
export function kmerCounts(sequence: string, options: KmerOptions): Float64Array {
  const { alphabet = dna } = options;
  const counts = new Float64Array(alphabet.letters.length ** offsetsOf(options).length);
  for (const index of kmerIndices(sequence, options)) if (index >= 0) counts[index]++;
  return counts;
}

/** The letters of a k-mer: `kmerLetters(1, { k: 2 })` is `AC`. Positions that do not count are dots. */
export function kmerLetters(index: number, options: KmerOptions): string {
  const { letters } = options.alphabet ?? dna;
  const offsets = offsetsOf(options);
  const text = Array.from({ length: offsets[offsets.length - 1] + 1 }, () => '.');
  let rest = index;
  for (const offset of offsets.toReversed()) {
    text[offset] = letters[rest % letters.length];
    rest = Math.floor(rest / letters.length);
  }
  return text.join('');
}

/**
 * The sequence that has these k-mers, one at each position; undoes `kmerIndices`. A letter that no known k-mer covers is
 * the code for all letters.
 */
export function decodeKmers(indices: Int32Array, options: KmerOptions): string {
  const alphabet = options.alphabet ?? dna;
  const offsets = offsetsOf(options);
  const unknown = Object.entries(alphabet.codes).find(([, members]) => members.length === alphabet.letters.length)![0];
  const length = indices.length === 0 ? 0 : indices.length + offsets[offsets.length - 1];
  const text = Array.from({ length }, () => unknown);
  indices.forEach((index, at) => {
    if (index < 0) return;
    const letters = kmerLetters(index, options);
    for (const offset of offsets) text[at + offset] = letters[offset];
  });
  return text.join('');
}

/**
 * How often each gapped k-mer occurs: `width` letters of which `known` count, in all ways to choose them (Ghandi et al.
 * 2014). Pattern by pattern in the order of `gappedPatterns`.   [patterns, letters^known]
 */
export function gappedKmerCounts(
  sequence: string,
  options: { readonly width: number; readonly known: number; readonly alphabet?: Alphabet },
): Float64Array {
  const { alphabet = dna } = options;
  const size = alphabet.letters.length ** options.known;
  const patterns = gappedPatterns(options);
  const counts = new Float64Array(patterns.length * size);
  patterns.forEach((k, i) => {
    const padding = options.width - k.length; // so that all patterns see the same windows
    const inside = padding > 0 ? sequence.slice(0, Math.max(sequence.length - padding, 0)) : sequence;
    counts.set(kmerCounts(inside, { k, alphabet }), i * size);
  });
  return counts;
}

/** Which letters of `width` count: `known` of them, the first always: `['11', '101']` for 2 of 3. */
export function gappedPatterns({ width, known }: { readonly width: number; readonly known: number }): string[] {
  if (!(Number.isInteger(known) && Number.isInteger(width) && 1 <= known && known <= width && width <= 24)) {
    throw new RangeError(`gappedPatterns: expected 1 ≤ known ≤ width ≤ 24, got known ${known} and width ${width}`);
  }
  const choose = (left: number, room: number): string[] => {
    if (left === 0) return [''];
    return Array.from({ length: room - left + 1 }, (_, gap) =>
      choose(left - 1, room - gap - 1).map((rest) => `${'0'.repeat(gap)}1${rest}`),
    ).flat();
  };
  return choose(known - 1, width - 1).map((rest) => `1${rest}`);
}

const MOST_KMERS = 2 ** 31; // indices are i32

function offsetsOf({ k, alphabet = dna }: KmerOptions): number[] {
  const pattern = typeof k === 'string' ? k : Number.isInteger(k) && k > 0 && k < 32 ? '1'.repeat(k) : '';
  if (!/^1([01]*1)?$/.test(pattern)) {
    throw new RangeError(`k-mers: expected k of at least 1 or a pattern such as '1101', got ${JSON.stringify(k)}`);
  }
  const offsets = [...pattern].flatMap((digit, i) => (digit === '1' ? [i] : []));
  if (alphabet.letters.length ** offsets.length < MOST_KMERS) return offsets;
  throw new RangeError(`k-mers: ${alphabet.letters.length}^${offsets.length} are more than 2³¹`);
}

function digitsOf(sequence: string, { letters, codes }: Alphabet): Int8Array {
  const digits = new Int8Array(128).fill(-1);
  for (const [code, members] of Object.entries(codes)) {
    if (members.length > 1) continue;
    for (const cased of [code, code.toLowerCase()]) digits[cased.charCodeAt(0)] = letters.indexOf(members);
  }
  return Int8Array.from({ length: sequence.length }, (_, i) => digits[sequence.charCodeAt(i)] ?? -1);
}

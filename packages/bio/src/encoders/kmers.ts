import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { eachKmer, offsetsOf } from './each-kmer';
import type { KmerCountOptions, KmerOptions } from './each-kmer';

/**
 * The number of the k-mer that begins at each position, for an embedding: its letters are digits, the first the highest,
 * so that with DNA AC is 1 and TT 15. −1 where a letter is unknown.   [length − width + 1]
 */
export function kmerIndices(sequence: string, options: KmerOptions): Int32Array {
  const offsets = checkedOffsets(options);
  const indices = new Int32Array(Math.max(sequence.length - offsets[offsets.length - 1], 0)).fill(-1);
  eachKmer(sequence, options, (index, at) => (indices[at] = index));
  return indices;
}

/** How often each k-mer occurs, unknown ones left out; overlapping ones count.   [letters^k] */
export function kmerCounts(sequence: string, options: KmerOptions & KmerCountOptions): Float64Array {
  const { alphabet = dna } = options;
  const counts = new Float64Array(alphabet.letters.length ** checkedOffsets(options).length);
  eachKmer(sequence, options, (index) => counts[index]++);
  return counts;
}

/** The letters of a k-mer: `kmerLetters(1, { k: 2 })` is `AC`. Positions that do not count are dots. */
export function kmerLetters(index: number, options: KmerOptions): string {
  const { letters } = options.alphabet ?? dna;
  const offsets = checkedOffsets(options);
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
  const offsets = checkedOffsets(options);
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

function checkedOffsets(options: KmerOptions): number[] {
  const offsets = offsetsOf(options);
  const { length } = (options.alphabet ?? dna).letters;
  if (length ** offsets.length < MOST_KMERS) return offsets;
  throw new RangeError(`k-mers: ${length}^${offsets.length} are more than 2³¹`);
}

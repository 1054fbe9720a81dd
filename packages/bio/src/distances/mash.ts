import { eachKmer } from '../encoders/each-kmer';
import { checkWidth } from './kmer-spectrum';

/** What is kept of a sequence to compare it by its k-mers. */
export interface MashSketch {
  readonly k: number;
  /** The most numbers kept; Infinity if all are. */
  readonly size: number;
  /** Numbers of k-mers, or hashes of them, in rising order, each once. */
  readonly hashes: Float64Array;
}

/** What a sketch is made of. */
export interface MashOptions {
  /** Letters of a k-mer, 1 to 26; 21 unless said, as in the program mash. */
  readonly k?: number;
  /** How many of the smallest hashes are kept; all k-mers, without hashing, unless said. The program mash keeps 1 000. */
  readonly size?: number;
  /** Whether k-mers across the end count; false unless said. */
  readonly isCircular?: boolean;
  /** Whether a k-mer and its reverse complement are one; true unless said. */
  readonly isCanonical?: boolean;
}

/**
 * The set of k-mers of a sequence, or of those a sample that is the same choice in every sequence: the `size` with the
 * smallest hashes (MinHash, Broder 1997).
 */
export function mashSketch(sequence: string, options: MashOptions = {}): MashSketch {
  const { k = 21, size = Infinity, isCircular = false, isCanonical = true } = options;
  checkWidth('mashSketch', k);
  if (!(size >= 1)) throw new RangeError(`mashSketch: expected a size of at least 1, got ${size}`);
  const codes = new Set<number>();
  eachKmer(sequence, { k, isCircular, isCanonical }, (code) => codes.add(code));
  const hashes = Float64Array.from(codes, size === Infinity ? (code) => code : hash).sort();
  return { k, size, hashes: size === Infinity ? hashes : hashes.slice(0, size) };
}

/**
 * The Mash distance (Ondov et al. 2016, eq. 4): −ln(2j / (1 + j)) / k, with j the Jaccard index of the k-mer sets, an estimate
 * of substitutions per site. Of sketches j is the share of common numbers among the smallest of both. Infinity if j is 0.
 * @throws RangeError if the sketches differ in k or size, or one is empty
 */
export function mashDistance(a: MashSketch, b: MashSketch): number {
  const j = jaccardIndex(a, b);
  return -Math.log((2 * j) / (1 + j)) / a.k + 0; // no −0
}

/** The Jaccard index that the Mash distance is made of: common over all. */
export function jaccardIndex(a: MashSketch, b: MashSketch): number {
  if (a.k !== b.k || a.size !== b.size) {
    throw new RangeError(
      `jaccardIndex: expected sketches of one kind, got k ${a.k} and ${b.k}, size ${a.size} and ${b.size}`,
    );
  }
  if (a.hashes.length === 0 || b.hashes.length === 0)
    throw new RangeError(`jaccardIndex: a sequence has no ${a.k}-mer`);
  let [i, j, common, all] = [0, 0, 0, 0];
  while (all < a.size && (i < a.hashes.length || j < b.hashes.length)) {
    const [x, y] = [a.hashes[i] ?? Infinity, b.hashes[j] ?? Infinity];
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
    all++;
  }
  return common / all;
}

/** A number of 53 bits that looks random: MurmurHash3's finaliser (Appleby) over both halves, in two ways. */
function hash(code: number): number {
  const [low, high] = [code >>> 0, Math.floor(code / 2 ** 32)];
  const first = scramble(low ^ scramble(high ^ 0x9e3779b9));
  const second = scramble(first ^ low ^ 0x85ebca6b);
  return (first >>> 0) * 2 ** 21 + (second >>> 11);
}

function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

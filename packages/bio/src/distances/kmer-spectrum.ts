import { BASES } from '../base-numbers';

/** How k-mers are counted. */
export interface KmerSpectrumOptions {
  /** Whether the sequence closes to a circle, so that k-mers across its end count; false unless said. */
  readonly isCircular?: boolean;
  /** Whether a k-mer and its reverse complement count as one, under the first of the two in the alphabet; false unless said. */
  readonly isCanonical?: boolean;
}

const LONGEST_SPECTRUM = 12; // 16.8 million counts
const LONGEST_CODE = 26; // 4^26 still is an exact number

/**
 * How often each k-mer of A, C, G and T occurs, in the order of the alphabet (AA, AC, …); overlapping ones count. K-mers with
 * any other letter are passed over, case does not matter, U counts as T. [4^k]
 * @param k from 1 to 12
 */
export function kmerSpectrum(sequence: string, k: number, options: KmerSpectrumOptions = {}): Float64Array {
  checkWidth('kmerSpectrum', k, LONGEST_SPECTRUM);
  const counts = new Float64Array(4 ** k);
  forEachKmer(sequence, k, options, (code) => counts[code]++);
  return counts;
}

/**
 * The spectrum as shares of all k-mers counted.
 * @throws RangeError if there is none
 */
export function kmerFrequencies(sequence: string, k: number, options: KmerSpectrumOptions = {}): Float64Array {
  const counts = kmerSpectrum(sequence, k, options);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new RangeError(`kmerFrequencies: no ${k}-mer of A, C, G and T in ${sequence.length} letters`);
  return counts.map((count) => count / total);
}

/** Throws a RangeError unless `k` is a width that can be counted. */
export function checkWidth(where: string, k: number, longest = LONGEST_CODE): void {
  if (Number.isInteger(k) && k >= 1 && k <= longest) return;
  throw new RangeError(`${where}: expected k to be an integer from 1 to ${longest}, got ${k}`);
}

/** Calls `visit` with the number of each k-mer: its letters are the digits to base 4, A 0, C 1, G 2, T 3. */
export function forEachKmer(
  sequence: string,
  k: number,
  options: KmerSpectrumOptions,
  visit: (code: number) => void,
): void {
  const { isCircular = false, isCanonical = false } = options;
  const high = 4 ** (k - 1);
  const n = sequence.length;
  const end = isCircular && n >= k ? n + k - 1 : n;
  let [code, other, run] = [0, 0, 0]; // the k-mer, its reverse complement, how many good letters it has
  for (let i = 0; i < end; i++) {
    const base = BASES[sequence.charCodeAt(i < n ? i : i - n)];
    run = base < 4 ? run + 1 : 0;
    const digit = base & 3;
    code = (code % high) * 4 + digit;
    other = Math.floor(other / 4) + (3 - digit) * high;
    if (run >= k) visit(isCanonical && other < code ? other : code);
  }
}

import { kmerCounts } from '../encoders/kmers';
import type { KmerCountOptions } from '../encoders/each-kmer';

const LONGEST_SPECTRUM = 12; // 16.8 million counts
const LONGEST_CODE = 26; // 4^26 still is an exact number

/**
 * `kmerCounts` of DNA: how often each k-mer of A, C, G and T occurs, in the order of the alphabet (AA, AC, …); overlapping ones
 * count. K-mers with any other letter are passed over, case does not matter, U counts as T. [4^k]
 * @param k from 1 to 12
 */
export function kmerSpectrum(sequence: string, k: number, options: KmerCountOptions = {}): Float64Array {
  checkWidth('kmerSpectrum', k, LONGEST_SPECTRUM);
  return kmerCounts(sequence, { ...options, k });
}

/**
 * The spectrum as shares of all k-mers counted.
 * @throws RangeError if there is none
 */
export function kmerFrequencies(sequence: string, k: number, options: KmerCountOptions = {}): Float64Array {
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

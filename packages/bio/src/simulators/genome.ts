import type { Matrix } from '../motifs/pwm';
import { drawIndex } from '../random-source';
import type { RandomSource } from '../random-source';

/**
 * How often each base follows each other in the human genome (hg19): dinucleotide counts of one strand in millions,
 * made with RSAT's count-words (M. Love, "2-mers", 2011, mikelove.wordpress.com). CG is rare: its C mutates to T.
 * [first base][second base], both A C G T
 */
export const HUMAN_DINUCLEOTIDES: Matrix = [
  [279.490734, 143.903156, 199.880889, 220.891389],
  [207.352244, 148.888857, 28.162976, 199.989641],
  [169.602085, 121.929296, 148.965391, 144.228762],
  [187.721077, 169.672559, 207.716132, 280.279142],
];

/** A random sequence whose dinucleotides follow `counts`: a first-order Markov chain, from its stationary distribution. */
export function simulateGenome(lengthBp: number, rng: RandomSource, counts: Matrix = HUMAN_DINUCLEOTIDES): string {
  const totals = counts.map((row) => row.reduce((total, count) => total + count, 0));
  const all = totals.reduce((total, count) => total + count, 0);
  const next = counts.map((row, base) => row.map((count) => count / totals[base]));
  let base = drawIndex(
    rng,
    totals.map((total) => total / all),
  ); // the first bases of all dinucleotides are nearly all bases
  let sequence = '';
  for (let i = 0; i < lengthBp; i++, base = drawIndex(rng, next[base])) sequence += 'ACGT'[base];
  return sequence;
}

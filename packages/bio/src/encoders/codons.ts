import { kmerIndices, kmerLetters } from './kmers';

/** The 64 codons in the order of their numbers: AAA, AAC, AAG, AAT, ACA … TTT. */
export const CODON_NAMES: readonly string[] = Array.from({ length: 64 }, (_, i) => kmerLetters(i, { k: 3 }));

/** The number of a codon with a letter that is not known. */
export const UNKNOWN_CODON = 64;

/**
 * The number of each codon, for an embedding with 65 rows.   [⌊(length − phase) / 3⌋]
 * @param phase how many letters stand before the first codon
 */
export function encodeCodons(sequence: string, { phase = 0 }: { phase?: 0 | 1 | 2 } = {}): Int32Array {
  const indices = kmerIndices(sequence.slice(phase), { k: 3 });
  const count = Math.floor(Math.max(sequence.length - phase, 0) / 3);
  return Int32Array.from({ length: count }, (_, i) => (indices[3 * i] < 0 ? UNKNOWN_CODON : indices[3 * i]));
}

/** The letters of numbered codons; an unknown one is NNN. */
export function decodeCodons(codons: ArrayLike<number>): string {
  return Array.from(codons, (codon) => CODON_NAMES[codon] ?? 'NNN').join('');
}

/** How often each codon occurs in a reading frame.   [64] */
export function codonCounts(sequence: string, options: { phase?: 0 | 1 | 2 } = {}): Float64Array {
  const counts = new Float64Array(64);
  for (const codon of encodeCodons(sequence, options)) if (codon !== UNKNOWN_CODON) counts[codon]++;
  return counts;
}

/**
 * Relative synonymous codon usage (Sharp, Tuohy & Mosurski 1986): each count over the mean of the codons for the same amino
 * acid, 1 for all if they are used alike; NaN where the amino acid does not occur.   [64]
 * @param translate the amino acid of a codon, as the genetic code has it
 */
export function relativeCodonUsage(counts: ArrayLike<number>, translate: (codon: string) => string): Float64Array {
  const totals = new Map<string, { total: number; codons: number }>();
  CODON_NAMES.forEach((codon, i) => {
    const { total, codons } = totals.get(translate(codon)) ?? { total: 0, codons: 0 };
    totals.set(translate(codon), { total: total + counts[i], codons: codons + 1 });
  });
  return Float64Array.from(CODON_NAMES, (codon, i) => {
    const { total, codons } = totals.get(translate(codon))!;
    return (counts[i] * codons) / total;
  });
}

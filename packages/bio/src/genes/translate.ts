import { LetterError, dna } from '../alphabet';
import { codeFrom, expansions } from './codons';
import type { GeneticCode } from './genetic-code';

/** How a gene is translated. */
export interface TranslateOptions {
  /** NCBI's number or a code; 1, the standard one, unless said. */
  readonly code?: GeneticCode | number;
  /** Whether a first codon that can be a start gives methionine, as it does in the cell; false unless said. */
  readonly startsWithMethionine?: boolean;
  /** Whether to end before the first stop; else stops are '*'. False unless said. */
  readonly endsAtStop?: boolean;
}

/**
 * The protein that a coding sequence stands for, from its first letter on. A codon with IUPAC letters gives the amino acid
 * that all its readings share, B for D and N, Z for E and Q, J for I and L, else X; a codon of three gaps gives '-'. One or two
 * letters left at the end are no codon.
 * @throws LetterError for a character outside the alphabet of DNA (U is T)
 */
export function translate(sequence: string, options: TranslateOptions = {}): string {
  const { startsWithMethionine = false, endsAtStop = false } = options;
  const code = codeFrom(options.code ?? 1);
  const known = new Map(Object.entries(code.aminoAcids));
  let protein = '';
  for (let i = 0; i + 3 <= sequence.length; i += 3) {
    const codon = sequence.slice(i, i + 3);
    let letter = known.get(codon);
    if (letter === undefined) {
      letter = aminoAcidOf(codon, code) ?? unreadable(sequence, i);
      known.set(codon, letter);
    }
    if (i === 0 && startsWithMethionine && isStart(codon, code)) letter = 'M';
    if (letter === '*' && endsAtStop) return protein;
    protein += letter;
  }
  return protein;
}

const SHARED: Readonly<Record<string, string>> = { DN: 'B', EQ: 'Z', IL: 'J' };

/** The letter for a codon that may have IUPAC letters; undefined if it has others. */
function aminoAcidOf(codon: string, { aminoAcids }: GeneticCode): string | undefined {
  if (codon === '---') return '-';
  const readings = [...new Set(expansions(codon).map((plain) => aminoAcids[plain]))].sort();
  if (readings.length === 0) return undefined;
  return readings.length === 1 ? readings[0] : (SHARED[readings.join('')] ?? 'X');
}

function isStart(codon: string, { starts }: GeneticCode): boolean {
  const readings = expansions(codon);
  return readings.length > 0 && readings.every((plain) => starts.includes(plain));
}

function unreadable(sequence: string, codonAt: number): never {
  const at = [0, 1, 2].map((i) => codonAt + i).find((i) => dna.outside.test(sequence[i]))!;
  throw new LetterError(sequence[at], at + 1, dna, 'translate');
}

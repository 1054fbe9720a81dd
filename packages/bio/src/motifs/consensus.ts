import { codeOf, dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import type { Matrix } from './pwm';

/**
 * The motif in IUPAC letters. One letter where it has at least half and at least twice the next; a code for two letters
 * where they have more than ¾; one for three where the fourth never occurs; else N (Cavener 1987, as TRANSFAC and
 * Biopython's `degenerate_consensus` apply it). Counts or probabilities, DNA or RNA.
 */
export function consensus(matrix: Matrix, alphabet: Alphabet = dna): string {
  return matrix.map((row) => codeOf(alphabet, membersAt(row, alphabet.letters))).join('');
}

function membersAt(row: readonly number[], letters: string): string {
  const order = row.map((_, letter) => letter).sort((a, b) => row[b] - row[a]);
  const [first, second, third, fourth] = order.map((letter) => row[letter]);
  const names = order.map((letter) => letters[letter]).join('');
  if (first >= second + third + fourth && first >= 2 * second) return names.slice(0, 1);
  if (4 * (first + second) > 3 * (first + second + third + fourth)) return names.slice(0, 2);
  return fourth === 0 ? names.slice(0, 3) : names;
}

/** The most frequent letter at each position, of equals the first of the alphabet: the consensus of Tomtom's tables. */
export function majority(matrix: Matrix, { letters }: Pick<Alphabet, 'letters'> = dna): string {
  return matrix.map((row) => letters[row.indexOf(Math.max(...row))]).join('');
}

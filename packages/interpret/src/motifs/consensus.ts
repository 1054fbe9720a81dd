import { type Matrix, probabilities } from './matrix';

const LETTERS = 'ACGT';
const PAIRS: Record<string, string> = { AC: 'M', AG: 'R', AT: 'W', CG: 'S', CT: 'Y', GT: 'K' };

/**
 * The consensus of a DNA matrix in IUPAC letters, by Cavener's rule (1987, Nucleic Acids Res. 15:1353): the first letter
 * if it has more than half and more than twice the second; the code of the first two if they have more than three
 * quarters; N otherwise.
 */
export function consensus(matrix: Matrix): string {
  return probabilities(matrix).map(consensusLetter).join('');
}

function consensusLetter(p: readonly number[]): string {
  const [first, second] = [0, 1, 2, 3].sort((a, b) => p[b] - p[a]);
  if (p[first] > 0.5 && p[first] > 2 * p[second]) return LETTERS[first];
  if (p[first] + p[second] > 0.75) return PAIRS[[LETTERS[first], LETTERS[second]].sort().join('')];
  return 'N';
}

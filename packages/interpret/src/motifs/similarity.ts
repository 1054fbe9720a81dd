import { type Matrix, probabilities, reverseComplement } from './matrix';

/** How two matrices lie best upon each other. */
export interface MotifAlignment {
  /** Pearson correlation over the letters of the overlapping columns, −1 … 1. */
  similarity: number;
  /** Column of the first matrix under the first column of the second; negative when the second begins earlier. */
  offset: number;
  /** Whether the second matrix was read on the other strand. */
  reversed: boolean;
}

/**
 * The best Pearson correlation of two matrices over all offsets and both strands. An overlap must have `minOverlap`
 * columns (or the narrower matrix whole) and hold half of what the fainter matrix has to say, its squared deviation from
 * uniform: two flanks that merely share a lean to A and T are no match.
 */
export function alignMotifs(a: Matrix, b: Matrix, { minOverlap = 5 } = {}): MotifAlignment {
  const first = deviations(a);
  const strands = [deviations(b), deviations(reverseComplement(b))];
  const columns = Math.min(minOverlap, a.length, b.length);
  const least = Math.min(energy(first), energy(strands[0])) / 2;
  let best: MotifAlignment = { similarity: 0, offset: 0, reversed: false };
  for (const [strand, second] of strands.entries()) {
    for (let offset = columns - b.length; offset <= a.length - columns; offset++) {
      const similarity = cosine(...overlap(first, second, offset), least);
      if (similarity > best.similarity) best = { similarity, offset, reversed: strand === 1 };
    }
  }
  return best;
}

/** p − ¼: rows of a probability matrix have mean ¼, so the cosine of these deviations is Pearson's correlation. */
function deviations(matrix: Matrix): number[][] {
  return probabilities(matrix).map((row) => row.map((p) => p - 1 / row.length));
}

function overlap(a: Matrix, b: Matrix, offset: number): [Matrix, Matrix] {
  const start = Math.max(0, offset);
  const end = Math.min(a.length, offset + b.length);
  return [a.slice(start, end), b.slice(start - offset, end - offset)];
}

function cosine(a: Matrix, b: Matrix, least: number): number {
  const [aa, bb] = [energy(a), energy(b)];
  const product = a.reduce((sum, row, i) => sum + row.reduce((s, value, letter) => s + value * b[i][letter], 0), 0);
  return Math.min(aa, bb) > 0 && Math.min(aa, bb) >= least ? product / Math.sqrt(aa * bb) : 0;
}

function energy(matrix: Matrix): number {
  return matrix.reduce((sum, row) => sum + row.reduce((s, value) => s + value * value, 0), 0);
}

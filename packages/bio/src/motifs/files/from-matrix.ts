import type { Motif } from '../motif';
import { sum, toProbabilities } from '../pwm';
import type { Matrix } from '../pwm';

/**
 * A motif of counts, or of frequencies if each position sums to about 1.
 * @param fail makes the error to be thrown
 */
export function motifFrom(names: Pick<Motif, 'id' | 'name'>, matrix: Matrix, fail: (message: string) => Error): Motif {
  const totals = matrix.map(sum);
  const empty = totals.indexOf(0);
  if (empty >= 0) throw fail(`position ${empty + 1} has no counts`);
  const probabilities = toProbabilities(matrix, { pseudocount: 0 });
  if (totals.every((total) => Math.abs(total - 1) < 0.05)) return { ...names, probabilities };
  return { ...names, probabilities, counts: matrix, sites: Math.round(Math.max(...totals)) };
}

/** The numbers to be written of a motif: its counts if they are known, else its probabilities. */
export function matrixOf({ counts, probabilities, sites }: Motif): Matrix {
  if (counts || !sites) return counts ?? probabilities;
  return probabilities.map((row) => row.map((p) => p * sites));
}

/** A number with at most six digits behind the point. */
export const asText = (number: number): string => String(Number(number.toFixed(6)));

/** Refuses names that would break a file. */
export function checkNames(writer: string, { id, name }: Pick<Motif, 'id' | 'name'>): void {
  if (!/^\S+$/.test(id)) throw new RangeError(`${writer}: a motif's id must be one word, got ${JSON.stringify(id)}`);
  if (/[\r\n]/.test(name)) throw new RangeError(`${writer}: the name of ${id} has a line break`);
}

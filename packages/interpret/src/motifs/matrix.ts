/** A motif matrix: one row per position, one column per letter (A C G T for DNA), counts or probabilities. */
export type Matrix = readonly (readonly number[])[];

/** Each row divided by its sum: counts become probabilities, probabilities stay. A row of zeros becomes uniform. */
export function probabilities(matrix: Matrix): number[][] {
  return matrix.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total > 0 ? count / total : 1 / row.length));
  });
}

/** The same sites read on the other strand: rows and columns reversed, since A C G T complements to T G C A. */
export function reverseComplement(matrix: Matrix): number[][] {
  return matrix.map((row) => row.toReversed()).toReversed();
}

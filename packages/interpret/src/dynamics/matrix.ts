import { LuDecomposition, Matrix } from 'ml-matrix';

/** A matrix [rows, columns] of the numbers from `offset` on. */
export function matrixOf(values: ArrayLike<number>, offset: number, rows: number, columns: number): Matrix {
  const matrix = new Matrix(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) matrix.set(i, j, values[offset + i * columns + j]);
  return matrix;
}

/** ln |det M|, by logarithms of the pivots, so that it neither under- nor overflows. */
export function logAbsDeterminant(matrix: Matrix): number {
  const { upperTriangularMatrix } = new LuDecomposition(matrix);
  return upperTriangularMatrix.diagonal().reduce((sum, pivot) => sum + Math.log(Math.abs(pivot)), 0);
}

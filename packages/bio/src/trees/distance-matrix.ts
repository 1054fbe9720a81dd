/** Distances between all pairs of things with names: symmetric, 0 on the diagonal. */
export interface DistanceMatrix {
  readonly names: readonly string[];
  /** Row by row. [names, names] */
  readonly values: Float64Array;
}

/** A matrix from a function of two different indices, called for i > j only. */
export function distanceMatrix(names: readonly string[], distance: (i: number, j: number) => number): DistanceMatrix {
  const n = names.length;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) values[i * n + j] = values[j * n + i] = distance(i, j);
  }
  return { names, values };
}

/** A matrix from its rows, all of them whole or each up to the diagonal or just before it. @throws RangeError */
export function distanceMatrixFrom(names: readonly string[], rows: readonly (readonly number[])[]): DistanceMatrix {
  const isSquare = rows.every((row) => row.length === names.length);
  if (rows.length !== names.length || rows.some((row, i) => !isSquare && row.length !== i && row.length !== i + 1)) {
    const got = rows.map((row) => row.length).join(', ');
    throw new RangeError(
      `distanceMatrixFrom: expected ${names.length} whole rows or a lower triangle, got rows of ${got}`,
    );
  }
  const matrix = distanceMatrix(names, (i, j) => rows[i][j]);
  if (isSquare) rows.forEach((row, i) => matrix.values.set(row, i * names.length));
  checkDistances('distanceMatrixFrom', matrix);
  return matrix;
}

/** Throws a RangeError that names the pair if a distance is not finite, not 0 to itself, or differs by direction. */
export function checkDistances(where: string, { names, values }: DistanceMatrix): void {
  const n = names.length;
  if (n === 0) throw new RangeError(`${where}: expected at least one name, got none`);
  if (values.length !== n * n) {
    throw new RangeError(`${where}: expected ${n} × ${n} distances for ${n} names, got ${values.length} numbers`);
  }
  for (let i = 0; i < n; i++) {
    if (values[i * n + i] !== 0) throw complaint(where, names, i, i, `expected 0, got ${values[i * n + i]}`);
    for (let j = 0; j < i; j++) {
      const [there, back] = [values[i * n + j], values[j * n + i]];
      if (!Number.isFinite(there)) throw complaint(where, names, i, j, `expected a finite number, got ${there}`);
      const isEqual = Math.abs(there - back) <= 1e-9 * Math.max(Math.abs(there), Math.abs(back)); // printed and read again
      if (!isEqual) throw complaint(where, names, i, j, `expected one number both ways, got ${there} and ${back}`);
    }
  }
}

function complaint(where: string, names: readonly string[], i: number, j: number, what: string): RangeError {
  return new RangeError(`${where}: distance from ${names[i]} to ${names[j]}: ${what}`);
}

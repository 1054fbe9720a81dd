/** Numbers with their shape, row-major: what `data()` of a tensor gives, beside its `shape`. */
export interface NdArray<V extends ArrayLike<number> = ArrayLike<number>> {
  readonly values: V;
  readonly shape: readonly number[];
}

/** Raises unless there is one axis for each of `axes` and as many numbers as the shape says. */
export function checkNdArray(where: string, { values, shape }: NdArray, axes: readonly string[]): void {
  const expected = `[${axes.join(', ')}]`;
  if (shape.length !== axes.length)
    throw new RangeError(`${where}: expected numbers of shape ${expected}, got [${shape.join(', ')}]`);
  const size = shape.reduce((a, b) => a * b, 1);
  if (values.length !== size)
    throw new RangeError(`${where}: [${shape.join(', ')}] needs ${size} numbers, got ${values.length}`);
}

/** Length of each row, all of them whole unless said. */
export function lengthsOf(where: string, [batch, length]: readonly number[], given?: ArrayLike<number>): number[] {
  const lengths = given ? Array.from(given) : Array.from({ length: batch }, () => length);
  const isLength = (n: number) => Number.isInteger(n) && n >= 0 && n <= length;
  if (lengths.length !== batch || !lengths.every(isLength))
    throw new RangeError(`${where}: expected ${batch} lengths from 0 to ${length}, got [${lengths.join(', ')}]`);
  return lengths;
}

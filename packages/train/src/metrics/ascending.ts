/** The different values, ascending, and how often each occurs. Zeros of both signs are one value. */
export interface Distinct {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Sorts out which values there are; none may be NaN. */
export function distinct(values: ArrayLike<number>): Distinct {
  const sorted = new Float64Array(values).sort();
  const counts = new Float64Array(sorted.length);
  let last = -1;
  for (const value of sorted) {
    if (last < 0 || sorted[last] !== value) sorted[++last] = value;
    counts[last]++;
  }
  return { values: sorted.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}

/** How many of the ascending values are less than `value`: its place among them, or where it would go. */
export function countBelow(ascending: ArrayLike<number>, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least and the largest of some values. */
export interface Range {
  readonly least: number;
  readonly largest: number;
}

/** The range of values that are not NaN. */
export function rangeOf(values: Float64Array): Range {
  let least = Infinity;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  return { least, largest };
}

/**
 * The mean of the sorted values number ⌊n/2⌋ and ⌈n/2⌉, counted from 1: for an even n the lower of the two in the middle,
 * which is what Tomtom takes.
 */
export function lowerMedian(values: Float64Array, range: Range): number {
  const [low, high] = [Math.floor(values.length / 2), Math.ceil(values.length / 2)].map((n) => Math.max(0, n - 1));
  const median = sortedAt(values, range, low);
  return low === high ? median : (median + sortedAt(values, range, high)) / 2;
}

const BUCKETS = 2048;
const counts = new Uint32Array(BUCKETS);

/** The value that would stand at `rank`, from 0, were the values sorted: only those of one bucket are. */
function sortedAt(values: Float64Array, { least, largest }: Range, rank: number): number {
  const perUnit = (BUCKETS - 1) / (largest - least || 1);
  counts.fill(0);
  for (let i = 0; i < values.length; i++) counts[((values[i] - least) * perUnit) | 0]++;
  let [bucket, before] = [0, 0];
  while (before + counts[bucket] <= rank) before += counts[bucket++];
  const within = new Float64Array(counts[bucket]);
  for (let i = 0, found = 0; found < within.length; i++) {
    if ((((values[i] - least) * perUnit) | 0) === bucket) within[found++] = values[i];
  }
  return within.sort()[rank - before];
}

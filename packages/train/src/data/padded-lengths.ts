/** How many lengths to pad to, at most. */
export interface PaddedLengthsOptions {
  readonly maxLengths: number;
  /** Each padded length holds at least this many rows, so that few batches need filling. */
  readonly minRows: number;
}

/**
 * The lengths to pad to, ascending: rows sorted by length and cut into groups of equal size, each padded to its longest.
 * Few lengths mean few plans; each row is padded to the first that holds it.
 */
export function paddedLengths(lengths: ArrayLike<number>, { maxLengths, minRows }: PaddedLengthsOptions): number[] {
  const sorted = Array.from(lengths).sort((a, b) => a - b);
  const groups = Math.max(1, Math.min(maxLengths, Math.floor(sorted.length / minRows)));
  const longest = Array.from({ length: groups }, (_, g) => sorted[Math.ceil(((g + 1) * sorted.length) / groups) - 1]);
  return [...new Set(longest)];
}

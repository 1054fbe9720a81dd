/** Whether a sequence is a circle. */
export interface SkewOptions {
  readonly isCircular?: boolean;
}

/**
 * (G − C) / (G + C) in windows, one for each start that is a multiple of `stepBp`; 0 where a window has neither. On a circle
 * (unless `isCircular` is false) windows go on across the origin, else only whole ones count.
 */
export function gcSkew(
  sequence: string,
  {
    windowBp,
    stepBp = windowBp,
    isCircular = true,
  }: SkewOptions & { readonly windowBp: number; readonly stepBp?: number },
): Float64Array {
  for (const [name, value] of Object.entries({ windowBp, stepBp })) {
    if (!(Number.isInteger(value) && value >= 1))
      throw new RangeError(`gcSkew: expected ${name} of at least 1, got ${value}`);
  }
  if (windowBp > sequence.length)
    throw new RangeError(`gcSkew: a window of ${windowBp} bp is longer than ${sequence.length} bp`);
  const { differences, sums } = walks(sequence);
  const n = sequence.length;
  const over = (walk: Int32Array, start: number) => {
    const end = start + windowBp;
    return end <= n ? walk[end] - walk[start] : walk[n] - walk[start] + walk[end - n];
  };
  const last = isCircular ? n - 1 : n - windowBp;
  return Float64Array.from({ length: Math.floor(last / stepBp) + 1 }, (_, i) => {
    const bases = over(sums, i * stepBp);
    return bases === 0 ? 0 : over(differences, i * stepBp) / bases;
  });
}

/** G − C of all letters before each position, from 0 at the origin on. [length + 1] */
export function cumulativeGcSkew(sequence: string): Int32Array {
  return walks(sequence).differences;
}

/** Where replication seems to begin and to end, counted from 0. */
export interface ReplicationEstimate {
  /** Where the cumulative skew is least: from here on the strand has more G than C. */
  readonly origin: number;
  /** Where it is largest. */
  readonly terminus: number;
}

/**
 * Where a circular chromosome that is copied in both directions seems to have its origin and terminus: at the minimum and the
 * maximum of its cumulative GC skew (Lobry 1996; Grigoriev 1998). The mean skew of a lap is taken off each step, so that
 * the answer moves with the circle and does not depend on where it is cut. Of equal extremes the first.
 */
export function estimateReplication(sequence: string): ReplicationEstimate {
  const walk = cumulativeGcSkew(sequence);
  const n = sequence.length;
  let [origin, terminus, least, most] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    const level = walk[i] * n - walk[n] * i; // in whole numbers
    if (level < least) [least, origin] = [level, i];
    if (level > most) [most, terminus] = [level, i];
  }
  return { origin, terminus };
}

/** G − C and G + C of all letters before each position. */
function walks(sequence: string): { differences: Int32Array; sums: Int32Array } {
  const differences = new Int32Array(sequence.length + 1);
  const sums = new Int32Array(sequence.length + 1);
  for (let i = 0; i < sequence.length; i++) {
    const letter = sequence.charCodeAt(i) & 0x5f; // upper case
    const [isG, isC] = [Number(letter === 71), Number(letter === 67)];
    differences[i + 1] = differences[i] + isG - isC;
    sums[i + 1] = sums[i] + isG + isC;
  }
  return { differences, sums };
}

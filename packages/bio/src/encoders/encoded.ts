/** Sequences as numbers, one row of channels per letter; zeros beyond a sequence's own length. */
export interface Encoded {
  readonly values: Float32Array; // [sequences, longest, channels]
  readonly shape: readonly [sequences: number, longest: number, channels: number];
  readonly lengths: Uint32Array; // [sequences]
  /** The names of the channels after those of the letters, where there are such. */
  readonly extra?: readonly string[];
}

/** The length that sequences are padded to: the longest one's, or what is asked for. */
export function paddedLength(where: string, lengths: Iterable<number>, asked?: number): number {
  let longest = 0;
  for (const length of lengths) longest = Math.max(longest, length);
  if (asked === undefined || asked >= longest) return asked ?? longest;
  throw new RangeError(`${where}: length (${asked}) is below the longest sequence's (${longest})`);
}

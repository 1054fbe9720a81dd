import type { Encoded } from './encoded';

/** Values along one sequence, one for each letter: methylation, conservation, coverage … */
export type Track = ArrayLike<number>;

/** What tracks may lack. */
export interface TrackOptions {
  /** What stands for NaN, a position without a value; without it NaN is an error. */
  readonly missing?: number;
}

/**
 * An encoding with further channels, aligned to its positions: `withTracks(x, { methylation: [track of the first, …] })`.
 * @throws RangeError for tracks of another number or length than the sequences
 */
export function withTracks(
  { values, shape, lengths, extra = [] }: Encoded,
  tracks: Readonly<Record<string, readonly Track[]>>,
  { missing }: TrackOptions = {},
): Encoded {
  const [sequences, length, channels] = shape;
  const names = Object.keys(tracks);
  const wide = channels + names.length;
  const all = new Float32Array(sequences * length * wide);
  for (let row = 0; row < sequences * length; row++) {
    all.set(values.subarray(row * channels, (row + 1) * channels), row * wide);
  }
  names.forEach((name, i) => {
    checkTracks(name, tracks[name], lengths, extra);
    tracks[name].forEach((track, row) => {
      for (let at = 0; at < track.length; at++) {
        all[(row * length + at) * wide + channels + i] = present(track[at], missing, name, row, at);
      }
    });
  });
  return { values: all, shape: [sequences, length, wide], lengths, extra: [...extra, ...names] };
}

/** The values of one of the further channels, without padding. */
export function trackOf({ values, shape, lengths, extra = [] }: Encoded, name: string): Float32Array[] {
  const [, length, channels] = shape;
  const index = extra.indexOf(name);
  if (index < 0) throw new RangeError(`trackOf: no channel '${name}'; there are ${extra.join(', ') || 'none'}`);
  const channel = channels - extra.length + index;
  return Array.from(lengths, (own, row) =>
    Float32Array.from({ length: own }, (_, i) => values[(row * length + i) * channels + channel]),
  );
}

function checkTracks(name: string, tracks: readonly Track[], lengths: Uint32Array, extra: readonly string[]): void {
  if (extra.includes(name)) throw new RangeError(`withTracks: there is a channel '${name}' already`);
  if (tracks.length !== lengths.length) {
    throw new RangeError(`withTracks: '${name}': expected ${lengths.length} tracks, got ${tracks.length}`);
  }
  const row = tracks.findIndex((track, i) => track.length !== lengths[i]);
  if (row < 0) return;
  const got = `got ${tracks[row].length} values`;
  throw new RangeError(`withTracks: '${name}', sequence ${row + 1}: expected ${lengths[row]}, ${got}`);
}

function present(value: number, missing: number | undefined, name: string, row: number, at: number): number {
  if (!Number.isNaN(value)) return value;
  if (missing !== undefined) return missing;
  const where = `'${name}', sequence ${row + 1}, position ${at + 1}`;
  throw new RangeError(`withTracks: ${where} has no value; say what stands for it: { missing: 0 }`);
}

import type { Pace } from '../long-run';
import type { Rows } from './rows';
import { NONE } from './tracks';

/** A sparse matrix of which each row has the length 1, or is empty. */
export interface SparseRows {
  /** Row i lies from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
}

const POSITIONS = 12; // that count in a seqlet: twice the core of a usual motif
const MOST = 200; // entries of a row, the heaviest
const REACH = 16; // positions that a k-mer may span

/**
 * Seqlets by the gapped 4-mers of their heaviest positions: any four that span at most 16 positions, wherever in the
 * seqlet. A k-mer weighs as much as its weakest letter, so that a strong trio beside chance counts for little. After the
 * embedding of TF-MoDISco (Shrikumar et al. 2018, technical note), which takes 4- to 6-mers and sums their letters.
 * @param columns the column of each k-mer met so far; grows, so that matrices that share it can be compared
 */
export async function gappedKmers(rows: Rows, columns: Map<number, number>, pace: Pace): Promise<SparseRows> {
  const starts = new Uint32Array(rows.count + 1);
  const [allColumns, allValues] = [new Uint32Array(rows.count * MOST), new Float32Array(rows.count * MOST)];
  for (let row = 0; row < rows.count; row++) {
    const entries = heaviest(kmersOf(rows, row), MOST);
    const norm = Math.hypot(...entries.map(([, value]) => value));
    for (const [i, [kmer, value]] of entries.entries()) {
      if (!columns.has(kmer)) columns.set(kmer, columns.size);
      allColumns[starts[row] + i] = columns.get(kmer)!;
      allValues[starts[row] + i] = value / norm;
    }
    starts[row + 1] = starts[row] + entries.length;
    await pace.step(0);
  }
  const size = starts[rows.count];
  return { starts, columns: allColumns.slice(0, size), values: allValues.slice(0, size) };
}

/** The weight of each gapped k-mer of one row, those of k-mers that come twice summed. */
function kmersOf(rows: Rows, row: number): Map<number, number> {
  const places = heavyPositions(rows, row);
  const letter = (place: number) => rows.letter[row * rows.width + place];
  const weight = (place: number) => rows.weight[row * rows.width + place];
  const kmers = new Map<number, number>();
  const extend = (kmer: number, least: number, first: number, from: number, size: number): void => {
    if (size === 4) return void kmers.set(kmer, (kmers.get(kmer) ?? 0) + least);
    for (let next = from; next < places.length && places[next] - first < REACH; next++) {
      const place = places[next];
      const longer = (kmer * REACH + (place - first)) * rows.letters + letter(place);
      const smaller = Math.abs(weight(place)) < Math.abs(least) ? weight(place) : least;
      extend(longer, smaller, first, next + 1, size + 1);
    }
  };
  for (const [i, place] of places.entries()) extend(letter(place), weight(place), place, i + 1, 1);
  return kmers;
}

/** The positions of a row that weigh most, from left to right. */
function heavyPositions({ width, letter, weight }: Rows, row: number): number[] {
  const size = (place: number) => Math.abs(weight[row * width + place]);
  const places = Array.from({ length: width }, (_, i) => i).filter(
    (i) => letter[row * width + i] !== NONE && size(i) > 0,
  );
  places.sort((a, b) => size(b) - size(a) || a - b);
  return places.slice(0, POSITIONS).sort((a, b) => a - b);
}

function heaviest(kmers: Map<number, number>, most: number): [kmer: number, value: number][] {
  const entries = [...kmers].filter(([, value]) => value !== 0);
  entries.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || a[0] - b[0]);
  return entries.slice(0, most);
}

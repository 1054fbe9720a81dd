import { view } from './bigwig-trees';
import type { Query } from './bigwig-trees';

/** Intervals in order, each with one value: `values[i]` holds from `starts[i]` to before `ends[i]`. */
export interface BigWigIntervals {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly values: Float32Array;
}

/** Intervals while they are being found. */
export class IntervalList {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #values: number[] = [];
  #lastEnd = 0;
  /** What is wrong with the intervals, if anything. */
  problem: string | undefined;

  constructor(readonly chromosomeLength: number) {}

  add(start: number, end: number, value: number): void {
    if (start >= end || start < this.#lastEnd || end > this.chromosomeLength) {
      this.problem ??= `interval ${start}..${end} is empty, out of order or beyond ${this.chromosomeLength}`;
    }
    this.#lastEnd = end;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#values.push(value);
  }

  finish(): BigWigIntervals {
    return {
      starts: Uint32Array.from(this.#starts),
      ends: Uint32Array.from(this.#ends),
      values: Float32Array.from(this.#values),
    };
  }
}

const SECTION_HEADER = 24;
const ITEM_BYTES = [0, 12, 8, 4]; // by kind: with start and end, with start, neither

/** Adds a block's intervals within the query to `found` (tables 12 and 13); what is wrong with it, if anything. */
export function readSection(
  bytes: Uint8Array,
  isLittle: boolean,
  query: Query,
  found: IntervalList,
): string | undefined {
  if (bytes.length < SECTION_HEADER) return `expected a section of data, got ${bytes.length} bytes`;
  const data = view(bytes);
  const [id, first, , step, span] = [0, 4, 8, 12, 16].map((at) => data.getUint32(at, isLittle));
  const [kind, count] = [data.getUint8(20), data.getUint16(22, isLittle)];
  if (id !== query.id) return `expected data of chromosome ${query.id}, got ${id}`;
  const size = ITEM_BYTES[kind] || NaN;
  if (bytes.length !== SECTION_HEADER + count * size) return `${count} items of kind ${kind} do not fill the block`;
  for (let i = 0, at = SECTION_HEADER; i < count; i++, at += size) {
    const start = kind === 3 ? first + i * step : data.getUint32(at, isLittle);
    const end = kind === 1 ? data.getUint32(at + 4, isLittle) : start + span;
    if (start < query.end && end > query.start) found.add(start, end, data.getFloat32(at + size - 4, isLittle));
  }
  return undefined;
}

/** Sums over pieces of a chromosome, in order. */
export interface Sums {
  readonly start: number;
  readonly end: number;
  /** Of the values at the covered positions. */
  readonly sum: number;
  /** How many positions are covered. */
  readonly covered: number;
}

/** Each interval as a piece that it covers. */
export function sumsOf({ starts, ends, values }: BigWigIntervals): Sums[] {
  return Array.from(values, (value, i) => {
    const covered = ends[i] - starts[i];
    return { start: starts[i], end: ends[i], covered, sum: value * covered };
  });
}

const SUMMARY_BYTES = 32;

/** The summaries of a block that overlap the query (table 19); what is wrong with it, if anything. */
export function readSummaries(bytes: Uint8Array, isLittle: boolean, query: Query, found: Sums[]): string | undefined {
  if (bytes.length % SUMMARY_BYTES !== 0) return `${bytes.length} bytes are no whole number of summaries`;
  const data = view(bytes);
  for (let at = 0; at < bytes.length; at += SUMMARY_BYTES) {
    const [id, start, end, covered] = [0, 4, 8, 12].map((offset) => data.getUint32(at + offset, isLittle));
    if (start >= end) return `summary ${start}..${end} is empty`;
    const isWanted = id === query.id && start < query.end && end > query.start;
    if (isWanted) found.push({ start, end, covered, sum: data.getFloat32(at + 24, isLittle) });
  }
  return undefined;
}

/** The mean of the covered positions between neighbouring borders; a piece across a border counts in proportion. */
export function meansBetween(borders: Float64Array, pieces: readonly Sums[]): Float64Array {
  const bins = borders.length - 1;
  const [sums, covered] = [new Float64Array(bins), new Float64Array(bins)];
  let bin = 0;
  for (const piece of pieces) {
    while (bin < bins - 1 && borders[bin + 1] <= piece.start) bin++;
    for (let b = bin; b < bins && borders[b] < piece.end; b++) {
      const bases = Math.min(piece.end, borders[b + 1]) - Math.max(piece.start, borders[b]);
      sums[b] += (bases * piece.sum) / (piece.end - piece.start);
      covered[b] += (bases * piece.covered) / (piece.end - piece.start);
    }
  }
  return sums.map((sum, b) => sum / covered[b]);
}

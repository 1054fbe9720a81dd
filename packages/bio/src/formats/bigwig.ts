import { unzlibSync } from 'fflate';
import { findBlocks, readChromosomes, uint64, view } from './bigwig-trees';
import type { BigWigChromosome, Block, Query } from './bigwig-trees';
import { IntervalList, meansBetween, readSection, readSummaries, sumsOf } from './bigwig-sections';
import type { BigWigIntervals, Sums } from './bigwig-sections';
import { excerpt } from './format-error';
import type { ReadOptions } from './input';
import { PartReader } from './random-access';
import type { RandomAccess } from './random-access';

/** What the file says of all its values together. */
export interface BigWigSummary {
  readonly basesCovered: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/** A part of a chromosome, from `start` (0 unless said) to before `end` (the chromosome's end unless said). */
export interface Stretch {
  readonly start?: number;
  readonly end?: number;
}

/**
 * Opens a bigWig file (Kent et al. 2010): values along chromosomes, of which only what is asked for is read.
 * @throws FormatError naming the byte where the file is not bigWig
 */
export async function openBigWig(file: RandomAccess, { source }: ReadOptions = {}): Promise<BigWig> {
  const reader = new PartReader(file, source);
  const head = view(await reader.read(0, 64));
  const isLittle = head.getUint32(0, true) === MAGIC;
  if (!isLittle && head.getUint32(0) !== MAGIC) throw reader.error(0, 'not bigWig: expected 888FFC26');
  const chromosomes = await readChromosomes(reader, uint64(head, 8, isLittle), isLittle);
  const summary = await readSummary(reader, uint64(head, 44, isLittle), isLittle);
  return new BigWig(reader, {
    isLittle,
    chromosomes,
    summary,
    version: head.getUint16(4, isLittle),
    zoomLevels: await readZoomLevels(reader, head.getUint16(6, isLittle), isLittle),
    index: uint64(head, 24, isLittle),
    longestBlock: head.getUint32(52, isLittle),
  });
}

const MAGIC = 0x888ffc26;
const LONGEST_BLOCK = 1 << 28; // inflated; writers make blocks of some ten thousand bytes

async function readSummary(file: PartReader, at: number, isLittle: boolean): Promise<BigWigSummary | undefined> {
  if (at === 0) return undefined; // version 1 has none
  const data = view(await file.read(at, 40));
  const [min, max, sum, sumSquares] = [8, 16, 24, 32].map((offset) => data.getFloat64(offset, isLittle));
  return { basesCovered: uint64(data, 0, isLittle), min, max, sum, sumSquares };
}

async function readZoomLevels(file: PartReader, count: number, isLittle: boolean): Promise<ZoomLevel[]> {
  const data = view(await file.read(64, 24 * count));
  return Array.from({ length: count }, (_, i) => ({
    reduction: data.getUint32(24 * i, isLittle),
    index: uint64(data, 24 * i + 16, isLittle),
  }));
}

/** Sums over some positions each, kept beside the data. */
interface ZoomLevel {
  readonly reduction: number;
  readonly index: number;
}

interface Layout {
  readonly isLittle: boolean;
  readonly chromosomes: ReadonlyMap<string, BigWigChromosome>;
  readonly summary: BigWigSummary | undefined;
  readonly version: number;
  readonly zoomLevels: readonly ZoomLevel[];
  readonly index: number;
  readonly longestBlock: number;
}

/** What means are to be taken of. */
export interface MeansOptions extends Stretch {
  /** Into how many parts; 1 unless said. */
  readonly bins?: number;
  /**
   * `'values'`: exact, and the default · `'summaries'`: the file's own sums over stretches of at most half a bin, where it
   * has such, as browsers and libBigWig take them. Much less is read, but the means are no better than what the writer of
   * the file summed up.
   */
  readonly of?: 'values' | 'summaries';
}

/** An open bigWig file. */
export class BigWig {
  readonly #file: PartReader;
  readonly #layout: Layout;
  readonly version: number;
  /** How many positions each of the file's summaries is of, finest first. */
  readonly zoomLevels: readonly number[];
  readonly summary: BigWigSummary | undefined;
  /** Length of each chromosome, in bp. */
  readonly chromosomes: ReadonlyMap<string, number>;

  /** Call `openBigWig`. */
  constructor(file: PartReader, layout: Layout) {
    this.#file = file;
    this.#layout = layout;
    this.version = layout.version;
    this.zoomLevels = layout.zoomLevels.map(({ reduction }) => reduction);
    this.summary = layout.summary;
    this.chromosomes = new Map([...layout.chromosomes].map(([name, { length }]) => [name, length]));
  }

  /**
   * The intervals that overlap a stretch, whole.
   * @throws RangeError for a chromosome that the file has not and a stretch beyond its ends
   * @throws FormatError for damaged data
   */
  async intervals(chromosome: string, stretch: Stretch = {}): Promise<BigWigIntervals> {
    const query = this.#query(chromosome, stretch);
    const { index, isLittle, chromosomes } = this.#layout;
    const found = new IntervalList(chromosomes.get(chromosome)!.length);
    if (query.start === query.end) return found.finish();
    for (const block of await findBlocks(this.#file, index, isLittle, query)) {
      const data = await this.#inflate(block);
      const problem = readSection(data, isLittle, query, found) ?? found.problem;
      if (problem) throw this.#file.error(block.offset, problem);
    }
    return found.finish();
  }

  /** The value at each position of a stretch, NaN where there is none. */
  async values(chromosome: string, stretch: Stretch = {}): Promise<Float32Array> {
    const { start, end } = this.#query(chromosome, stretch);
    const { starts, ends, values } = await this.intervals(chromosome, stretch);
    const track = new Float32Array(end - start).fill(NaN);
    values.forEach((value, i) => track.fill(value, Math.max(starts[i] - start, 0), ends[i] - start));
    return track;
  }

  /**
   * The mean of the covered positions of each of `bins` parts of a stretch, NaN where none is covered. Part i begins at
   * ⌊i·length/bins⌋, so that no position is in two.
   */
  async means(chromosome: string, { bins = 1, of = 'values', ...stretch }: MeansOptions = {}): Promise<Float64Array> {
    const query = this.#query(chromosome, stretch);
    const { start, end } = query;
    if (!Number.isInteger(bins) || bins < 1 || bins > end - start) {
      throw new RangeError(`BigWig.means: expected 1 to ${end - start} bins for as many positions, got ${bins}`);
    }
    const borders = Float64Array.from({ length: bins + 1 }, (_, i) => start + Math.floor((i * (end - start)) / bins));
    const level = of === 'summaries' ? this.#zoomLevel((end - start) / bins) : undefined;
    return meansBetween(
      borders,
      level ? await this.#summaries(query, level) : sumsOf(await this.intervals(chromosome, stretch)),
    );
  }

  /** The coarsest level whose summaries are at most half a bin wide. */
  #zoomLevel(binBases: number): ZoomLevel | undefined {
    const fitting = this.#layout.zoomLevels.filter(({ reduction }) => reduction <= binBases / 2);
    return fitting.sort((a, b) => b.reduction - a.reduction)[0];
  }

  async #summaries(query: Query, { index }: ZoomLevel): Promise<Sums[]> {
    const { isLittle } = this.#layout;
    const found: Sums[] = [];
    for (const block of await findBlocks(this.#file, index, isLittle, query)) {
      const problem = readSummaries(await this.#inflate(block), isLittle, query, found);
      if (problem) throw this.#file.error(block.offset, problem);
    }
    return found;
  }

  #query(chromosome: string, { start = 0, end }: Stretch): Query {
    const known = this.#layout.chromosomes.get(chromosome);
    if (!known) {
      const names = [...this.chromosomes.keys()].slice(0, 20).join(', ');
      throw new RangeError(`BigWig: no chromosome ${excerpt(chromosome)}; there are ${names}`);
    }
    const last = end ?? known.length;
    const isInside = Number.isInteger(start) && Number.isInteger(last) && 0 <= start && start <= last;
    if (isInside && last <= known.length) return { id: known.id, start, end: last };
    throw new RangeError(`BigWig: expected a stretch within 0 and ${known.length}, got ${start} to ${last}`);
  }

  async #inflate({ offset, size }: Block): Promise<Uint8Array> {
    const bytes = await this.#file.read(offset, size);
    const { longestBlock } = this.#layout;
    if (longestBlock === 0) return bytes;
    const most = Math.min(longestBlock, LONGEST_BLOCK, 64 + 1032 * size); // deflate does not shrink any further
    try {
      const data = unzlibSync(bytes, { out: new Uint8Array(most) });
      if (adler32(data) === view(bytes).getUint32(size - 4)) return data;
    } catch (error) {
      throw this.#file.error(offset, `broken zlib data (${(error as Error).message})`);
    }
    throw this.#file.error(offset, 'broken zlib data (wrong checksum)');
  }
}

/** RFC 1950, section 8.2. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

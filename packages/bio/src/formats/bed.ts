import { Fields } from './fields';
import { excerpt } from './format-error';
import { lineBatches } from './input';
import type { Input, ReadOptions } from './input';

/** An interval on a chromosome: from `start` to before `end`, counted from 0. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A line of a BED file. What the line does not have, or gives as `.`, is left out. */
export interface BedFeature extends Interval {
  readonly chrom: string;
  readonly name?: string;
  readonly score?: number;
  readonly strand?: '+' | '-';
  /** Where it is drawn thick: the coding part of a gene. */
  readonly thickStart?: number;
  readonly thickEnd?: number;
  /** As it stands there: `'255,0,0'`. */
  readonly itemRgb?: string;
  /** The exons, on the chromosome (the file counts them from `start`). */
  readonly blocks?: readonly Interval[];
  /** Peaks: mean signal, −log₁₀ p, −log₁₀ q (−1 for none), and the summit, counted from `start` (−1 for none). */
  readonly signalValue?: number;
  readonly pValue?: number;
  readonly qValue?: number;
  readonly peak?: number;
  /** Columns after those of the format. */
  readonly rest?: readonly string[];
}

/** Which columns a BED file has. */
export interface BedOptions extends ReadOptions {
  /** `'bed'` unless said: 3 to 12 columns. The peaks of ENCODE have 6 columns of BED and their own. */
  readonly format?: 'bed' | 'narrowPeak' | 'broadPeak';
  /** How many of the columns are those of the format; the others come as `rest`. All that can be, unless said. */
  readonly columns?: number;
}

type Column = (fields: Fields, at: number, feature: Mutable) => void;
type Mutable = { -readonly [K in keyof BedFeature]: BedFeature[K] };

const isNothing = (text: string) => text === '.' || text === '-' || text === '';

const text =
  (key: 'name' | 'itemRgb'): Column =>
  (fields, at, feature) => {
    if (fields.text(at) !== '.' && fields.text(at) !== '') feature[key] = fields.text(at);
  };

const number =
  (key: 'score' | 'signalValue' | 'pValue' | 'qValue' | 'peak'): Column =>
  (fields, at, feature) => {
    if (!isNothing(fields.text(at))) feature[key] = fields.number(at, key);
  };

const position =
  (key: 'thickStart' | 'thickEnd'): Column =>
  (fields, at, feature) => {
    if (!isNothing(fields.text(at))) feature[key] = fields.integer(at, key);
  };

const strand: Column = (fields, at, feature) => {
  const sign = fields.choice(at, 'strand', ['+', '-', '.', '*', '']); // a star is what some write for both
  if (sign === '+' || sign === '-') feature.strand = sign;
};

const peaks = [text('name'), number('score'), strand, number('signalValue'), number('pValue'), number('qValue')];
const simple = [text('name'), number('score'), strand, position('thickStart'), position('thickEnd'), text('itemRgb')];
const COLUMNS: Record<string, readonly Column[]> = {
  bed: simple,
  narrowPeak: [...peaks, number('peak')],
  broadPeak: peaks,
};

/**
 * The lines of a BED file in order. Columns are parted by tabs or, in lines without, by spaces; comments, blank lines and
 * the `track` and `browser` lines of genome browsers are skipped.
 * @throws FormatError with the place of the field that is wrong
 */
export async function* readBed(input: Input, options: BedOptions = {}): AsyncGenerator<BedFeature> {
  let line = 0;
  for await (const lines of lineBatches(input, options)) {
    for (const text of lines) {
      line++;
      if (isFeature(text)) yield parseLine(fieldsOf(text, { source: options.source, line }), options);
    }
  }
}

/** All lines of a BED file at once. */
export async function collectBed(input: Input, options: BedOptions = {}): Promise<BedFeature[]> {
  const features: BedFeature[] = [];
  for await (const feature of readBed(input, options)) features.push(feature);
  return features;
}

/** Whether a line is neither blank nor a comment nor for a browser. */
export const isFeature = (line: string) => line.trim() !== '' && !/^(#|track(\s|$)|browser(\s|$))/.test(line);

function fieldsOf(line: string, place: { source?: string; line: number }): Fields {
  if (line.includes('\t')) return new Fields(line.trimEnd().split('\t'), place);
  const words = [...line.matchAll(/\S+/g)];
  const columns = words.map(({ index }) => index + 1);
  return new Fields(
    words.map(([word]) => word),
    place,
    columns,
  );
}

function parseLine(fields: Fields, { format = 'bed', columns: wanted }: BedOptions): BedFeature {
  if (fields.count < 3) throw fields.error(0, `expected at least 3 columns parted by tabs, got ${fields.count}`);
  const feature: Mutable = {
    chrom: chromOf(fields),
    start: fields.integer(1, 'chromStart'),
    end: fields.integer(2, 'chromEnd'),
  };
  if (feature.end < feature.start) throw fields.error(2, `chromEnd: ${feature.end} is before chromStart`);
  const known = COLUMNS[format];
  const count = Math.min(wanted ?? fields.count, fields.count, 3 + known.length);
  for (let at = 3; at < count; at++) known[at - 3](fields, at, feature);
  const hasBlocks = format === 'bed' && fields.count >= 12 && (wanted ?? 12) >= 12;
  if (hasBlocks) readBlocks(fields, feature);
  const rest = fields.from(hasBlocks ? 12 : count);
  if (rest.length > 0) feature.rest = rest;
  return feature;
}

function chromOf(fields: Fields): string {
  if (fields.text(0).trim() === '') throw fields.error(0, 'chrom: expected a name, got nothing');
  return fields.text(0);
}

/** Columns 10 to 12. */
function readBlocks(fields: Fields, feature: Mutable): void {
  if (isNothing(fields.text(9))) return;
  const count = fields.integer(9, 'blockCount');
  const sizes = listOf(fields, 10, 'blockSizes', count);
  const starts = listOf(fields, 11, 'blockStarts', count);
  feature.blocks = sizes.map((size, i) => {
    const start = feature.start + starts[i];
    if (start + size <= feature.end) return { start, end: start + size };
    throw fields.error(10, `block ${i + 1} ends at ${start + size}, after chromEnd (${feature.end})`);
  });
}

function listOf(fields: Fields, at: number, name: string, count: number): number[] {
  const parts = fields.text(at).replace(/,$/, '').split(',');
  if (/^\d{1,15}(,\d{1,15})*,?$/.test(fields.text(at)) && parts.length === count) return parts.map(Number);
  throw fields.error(at, `${name}: expected ${count} whole numbers, got ${excerpt(fields.text(at))}`);
}

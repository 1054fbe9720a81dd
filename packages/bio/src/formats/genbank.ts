import { dna, protein } from '../alphabet';
import { excerpt, FormatError } from './format-error';
import { LocationError, parseLocation } from './genbank-location';
import { lineBatches } from './input';
import type { Input, ReadOptions } from './input';
import type { Location } from './location';

/** An annotated place of a sequence. */
export interface GenBankFeature {
  /** `'CDS'`, `'gene'`, `'source'` … */
  readonly type: string;
  readonly location: Location;
  /** Values by name, in order, without quotes: `translation`, `product` … One without value (`/pseudo`) has `''`. */
  readonly qualifiers: Readonly<Record<string, readonly string[]>>;
}

/** A record of a GenBank flat file. */
export interface GenBankRecord {
  /** The name in the LOCUS line. */
  readonly name: string;
  /** Of the sequence, which may be missing, as the LOCUS line says. */
  readonly length: number;
  /** `bp` for nucleotides, `aa` for a protein (GenPept). */
  readonly unit: 'bp' | 'aa';
  /** `'DNA'`, `'ss-DNA'`, `'mRNA'` … as the LOCUS line says; `''` if it does not. */
  readonly molecule: string;
  /** What the LOCUS line says; some programs write `linear` whatever it is. */
  readonly topology?: 'linear' | 'circular';
  /** `'PHG'`, `'BCT'` … */
  readonly division: string;
  /** As it stands there: `'09-JUL-2002'`. */
  readonly date: string;
  /** The text of each keyword before the features (DEFINITION, VERSION, REFERENCE …), once for each time it occurs. */
  readonly header: Readonly<Record<string, readonly string[]>>;
  readonly features: readonly GenBankFeature[];
  /** Letters and case as they stand there; empty where the file has none (CONTIG records). */
  readonly sequence: string;
}

/**
 * The records of a GenBank flat file (or GenPept), one after the other.
 * @throws FormatError for what is not GenBank, locations outside the sequence, letters outside IUPAC, a sequence of another
 * length than the LOCUS line says, a record without `//`
 */
export async function* readGenBank(input: Input, options: ReadOptions = {}): AsyncGenerator<GenBankRecord> {
  let reader: RecordReader | undefined;
  let line = 0;
  for await (const lines of lineBatches(input, options)) {
    for (const text of lines) {
      line++;
      if (!reader && text.trim() === '') continue;
      reader ??= new RecordReader(text, { source: options.source, line });
      const record = reader.push(text, line);
      if (!record) continue;
      yield record;
      reader = undefined;
    }
  }
  if (line === 0) throw new FormatError(options, 'the file is empty');
  if (reader) throw new FormatError({ source: options.source, line }, "the record ends without a line '//'");
}

/** All records of a GenBank file at once. */
export async function collectGenBank(input: Input, options: ReadOptions = {}): Promise<GenBankRecord[]> {
  const records: GenBankRecord[] = [];
  for await (const record of readGenBank(input, options)) records.push(record);
  return records;
}

const FIRST_WORD = /^(\S+)\s*(.*)$/;

interface OpenFeature {
  readonly type: string;
  readonly line: number;
  readonly column: number;
  location: string;
  readonly qualifiers: [name: string, text: string, line: number][];
  isQuoteOpen: boolean; // in the last qualifier
}

class RecordReader {
  readonly #source: string | undefined;
  readonly #locus: Locus;
  readonly #header = Object.create(null) as Record<string, string[]>;
  readonly #features: GenBankFeature[] = [];
  readonly #letters: string[] = [];
  #line = 0;
  #section = 'LOCUS';
  #feature: OpenFeature | undefined;
  #length = 0;

  constructor(locus: string, place: { source?: string; line: number }) {
    this.#source = place.source;
    this.#locus = parseLocus(locus, place);
  }

  /** The record, when this line ends it. */
  push(text: string, line: number): GenBankRecord | undefined {
    this.#line = line;
    if (text.startsWith('//')) return this.#finish();
    const isLetters = this.#section === 'ORIGIN' && /^\d/.test(text); // from position 100 000 000 on they are not indented
    const keyword = isLetters ? null : FIRST_WORD.exec(text);
    if (keyword) this.#begin(keyword[1], keyword[2].trim());
    else if (this.#section === 'FEATURES') this.#featureLine(text);
    else if (this.#section === 'ORIGIN') this.#addLetters(text);
    else this.#continueHeader(text);
    return undefined;
  }

  #begin(keyword: string, text: string): void {
    if (this.#section === 'FEATURES') this.#closeFeature();
    this.#section = keyword;
    if (keyword !== 'FEATURES' && keyword !== 'ORIGIN' && keyword !== 'LOCUS')
      (this.#header[keyword] ??= []).push(text);
  }

  /** Sub-keywords (ORGANISM, AUTHORS) stay part of their keyword's text. */
  #continueHeader(text: string): void {
    const texts = this.#header[this.#section];
    if (texts && text.trim() !== '') texts[texts.length - 1] = `${texts[texts.length - 1]}\n${text.trim()}`.trimStart();
  }

  #featureLine(text: string): void {
    const own = /^ {1,15}(\S+)\s+(\S.*)$/.exec(text);
    if (own && !this.#feature?.isQuoteOpen) return this.#beginFeature(own[1], own[2], text);
    if (text.trim() === '') return;
    if (!this.#feature) throw this.#error(`expected a feature, got ${excerpt(text.trim())}`, text.search(/\S/) + 1);
    if (text.trimStart().startsWith('/') && !this.#feature.isQuoteOpen) this.#addQualifier(this.#feature, text);
    else continueFeature(this.#feature, text.trim());
  }

  #beginFeature(type: string, location: string, text: string): void {
    this.#closeFeature();
    const column = text.length - text.slice(text.indexOf(type) + type.length).trimStart().length + 1;
    const start = { location: location.trim(), qualifiers: [], isQuoteOpen: false };
    this.#feature = { type, line: this.#line, column, ...start };
  }

  #addQualifier(feature: OpenFeature, text: string): void {
    const [, name, value] = /^\/([^=]*)=?(.*)$/.exec(text.trim())!;
    if (name.trim() === '')
      throw this.#error(`expected /name=value, got ${excerpt(text.trim())}`, text.indexOf('/') + 1);
    feature.qualifiers.push([name.trim(), value, this.#line]);
    feature.isQuoteOpen = value.startsWith('"') && hasOddQuotes(value);
  }

  #closeFeature(): void {
    if (!this.#feature) return;
    const { type, location, line, column, qualifiers } = this.#feature;
    this.#features.push({
      type,
      location: this.#location(location, line, column),
      qualifiers: this.#values(qualifiers),
    });
    this.#feature = undefined;
  }

  #location(text: string, line: number, column: number): Location {
    try {
      return parseLocation(text.replace(/\s+/g, ''), this.#locus.length);
    } catch (error) {
      if (!(error instanceof LocationError)) throw error;
      throw new FormatError({ source: this.#source, line, column: column + error.at }, error.message);
    }
  }

  #values(qualifiers: OpenFeature['qualifiers']): GenBankFeature['qualifiers'] {
    const values = Object.create(null) as Record<string, string[]>;
    for (const [name, text, line] of qualifiers) {
      const isQuoted = text.startsWith('"');
      if (isQuoted && !isClosed(text)) {
        throw new FormatError({ source: this.#source, line, column: 1 }, `/${name}: the quote is not closed`);
      }
      (values[name] ??= []).push(isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text);
    }
    return values;
  }

  #addLetters(text: string): void {
    const [, number, letters] = /^\s*(\d*)(.*)$/.exec(text)!;
    const plain = letters.replace(/\s+/g, '');
    const at = plain.search(this.#locus.alphabet.outside);
    if (at >= 0) {
      const place = `${JSON.stringify(plain[at])} at position ${this.#length + at + 1}`;
      const column = text.indexOf(plain[at], text.length - letters.length) + 1;
      throw this.#error(`${place} is not an IUPAC ${this.#locus.alphabet.name} letter`, column);
    }
    if (number !== '' && plain !== '' && Number(number) !== this.#length + 1) {
      throw this.#error(`expected the line of position ${this.#length + 1}, got ${number}`, text.indexOf(number) + 1);
    }
    this.#letters.push(plain);
    this.#length += plain.length;
  }

  #finish(): GenBankRecord {
    if (this.#section === 'FEATURES') this.#closeFeature();
    const { alphabet: _, ...locus } = this.#locus;
    const { length } = locus;
    if (this.#length !== length && this.#length > 0) {
      throw this.#error(`the LOCUS line says ${length} letters, the record has ${this.#length}`, 1);
    }
    return { ...locus, header: this.#header, features: this.#features, sequence: this.#letters.join('') };
  }

  #error(message: string, column: number): FormatError {
    return new FormatError({ source: this.#source, line: this.#line, column }, message);
  }
}

/** A line that goes on with the last qualifier or, before the first, with the location. */
function continueFeature(feature: OpenFeature, text: string): void {
  const last = feature.qualifiers.at(-1);
  if (!last) {
    feature.location += text;
    return;
  }
  last[1] += last[0] === 'translation' ? text : ` ${text}`;
  if (hasOddQuotes(text)) feature.isQuoteOpen = false;
}

const hasOddQuotes = (text: string) => text.split('"').length % 2 === 0;

/** Whether a text that begins with a quote ends with its partner: quotes inside are doubled. */
const isClosed = (text: string) => text.endsWith('"') && !hasOddQuotes(text);

interface Locus extends Omit<GenBankRecord, 'header' | 'features' | 'sequence'> {
  readonly alphabet: typeof dna;
}

/** `LOCUS name 5386 bp ss-DNA circular PHG 09-JUL-2002`, of which programs leave out this and that. */
function parseLocus(text: string, place: { source?: string; line: number }): Locus {
  const [, name, length, unit, rest] =
    /^LOCUS\s+(\S.*?)\s+(\d{1,12})\s+(bp|aa)\b\s*(.*)$/.exec(text.slice(0, 500)) ?? [];
  if (name === undefined) {
    const expected = "expected a line such as 'LOCUS  NAME  5386 bp  DNA  circular PHG 09-JUL-2002'";
    throw new FormatError({ ...place, column: 1 }, `not GenBank: ${expected}, got ${excerpt(text, 60)}`);
  }
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const topology = words.find((word) => word === 'linear' || word === 'circular') as Locus['topology'];
  const date = words.find((word) => /^\d{1,2}-[A-Z]{3}-\d{4}$/.test(word)) ?? '';
  const others = words.filter((word) => word !== topology && word !== date);
  const molecule = others.find((word) => /[DR]NA/.test(word)) ?? '';
  const division = others.find((word) => /^[A-Z]{3}$/.test(word) && word !== molecule) ?? '';
  const [alphabet, ownUnit] = unit === 'aa' ? ([protein, 'aa'] as const) : ([dna, 'bp'] as const);
  return {
    name,
    length: Number(length),
    unit: ownUnit,
    alphabet,
    molecule,
    ...(topology && { topology }),
    division,
    date,
  };
}

import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { excerpt, FormatError } from './format-error';
import { lineBatches } from './input';
import type { Input, ReadOptions } from './input';

/** One sequence of a FASTA file, letters and case as they stand there. */
export interface FastaRecord {
  /** The first word after '>'; may be empty. */
  readonly id: string;
  /** What follows the first word. */
  readonly description: string;
  readonly sequence: string;
}

/** What a FASTA reader can be told. */
export interface FastaOptions extends ReadOptions {
  /** The letters that may occur; `'any'` admits every visible character. DNA (with U) unless said. */
  readonly alphabet?: Alphabet | 'any';
}

/**
 * The records of a FASTA text, one after the other, so that a file need not fit in memory.
 * Blank lines, white space inside sequences and lines that begin with ';' are skipped.
 * @throws FormatError (a) for an empty file, text before the first '>', a record without sequence, letters outside the
 * alphabet, damaged gzip data
 */
export async function* readFasta(input: Input, options: FastaOptions = {}): AsyncGenerator<FastaRecord> {
  const assembler = new Assembler(options);
  for await (const lines of lineBatches(input, options)) {
    for (const line of lines) {
      const record = assembler.push(line);
      if (record) yield record;
    }
  }
  yield assembler.end();
}

/** All records of a FASTA text at once. */
export async function collectFasta(input: Input, options: FastaOptions = {}): Promise<FastaRecord[]> {
  const records: FastaRecord[] = [];
  for await (const record of readFasta(input, options)) records.push(record);
  return records;
}

/** FASTA text with sequence lines of `lineLength` letters. */
export function writeFasta(records: Iterable<FastaRecord>, { lineLength = 60 } = {}): string {
  if (!(lineLength >= 1)) throw new RangeError(`writeFasta: expected lineLength of at least 1, got ${lineLength}`);
  let text = '';
  for (const { id, description, sequence } of records) {
    const header = description === '' ? id : `${id} ${description}`;
    if (/[\r\n]/.test(header)) throw new RangeError(`writeFasta: the header ${excerpt(header)} has a line break`);
    if (sequence === '') throw new RangeError(`writeFasta: record ${excerpt(header)} has no sequence`);
    text += `>${header}\n`;
    for (let at = 0; at < sequence.length; at += lineLength) text += `${sequence.slice(at, at + lineLength)}\n`;
  }
  return text;
}

const INVISIBLE = /[^!-~]/;

/** Puts lines together to records and knows where it is. */
class Assembler {
  readonly #source: string | undefined;
  readonly #alphabet: Alphabet | 'any';
  readonly #outside: RegExp;
  #line = 0;
  #records = 0;
  #header: { id: string; description: string; line: number } | undefined;
  #parts: string[] = [];
  #length = 0; // letters of the record so far

  constructor({ source, alphabet = dna }: FastaOptions) {
    this.#source = source;
    this.#alphabet = alphabet;
    this.#outside = alphabet === 'any' ? INVISIBLE : alphabet.outside;
  }

  /** The record that this line brings to its end, if it does. */
  push(line: string): FastaRecord | undefined {
    this.#line++;
    if (line.startsWith('>')) return this.#begin(line);
    if (line.startsWith(';') || line.trim() === '') return undefined;
    if (!this.#header) {
      throw this.#error(`not FASTA: expected a line that begins with '>', got ${excerpt(line.trim())}`, 1);
    }
    this.#append(line);
    return undefined;
  }

  end(): FastaRecord {
    if (this.#line === 0) throw new FormatError({ source: this.#source }, 'the file is empty');
    if (!this.#header) throw new FormatError({ source: this.#source }, 'not FASTA: the file has only blank lines');
    return this.#finish(this.#header);
  }

  #begin(line: string): FastaRecord | undefined {
    const finished = this.#header && this.#finish(this.#header);
    const header = line.slice(1).trim();
    const id = /^\S*/.exec(header)![0];
    this.#header = { id, description: header.slice(id.length).trim(), line: this.#line };
    this.#records++;
    this.#parts = [];
    this.#length = 0;
    return finished;
  }

  #finish({ id, description, line }: { id: string; description: string; line: number }): FastaRecord {
    if (this.#length > 0) return { id, description, sequence: this.#parts.join('') };
    throw new FormatError({ source: this.#source, line }, `${this.#label()} has no sequence`);
  }

  #append(line: string): void {
    const letters = this.#outside.test(line) ? this.#withoutSpace(line) : line;
    this.#parts.push(letters);
    this.#length += letters.length;
  }

  /** The letters of a line that has something besides letters: white space is dropped, all else is an error. */
  #withoutSpace(line: string): string {
    let letters = '';
    for (let i = 0; i < line.length; i++) {
      if (!this.#outside.test(line[i])) letters += line[i];
      else if (!/\s/.test(line[i])) throw this.#letterError(line[i], this.#length + letters.length + 1, i + 1);
    }
    return letters;
  }

  #letterError(letter: string, position: number, column: number): FormatError {
    const kind = this.#alphabet === 'any' ? 'a letter' : `an IUPAC ${this.#alphabet.name} letter`;
    return this.#error(`${this.#label()}: ${JSON.stringify(letter)} at position ${position} is not ${kind}`, column);
  }

  #label(): string {
    return `record ${this.#records} (${this.#header?.id ? excerpt(this.#header.id, 60) : 'no name'})`;
  }

  #error(message: string, column: number): FormatError {
    return new FormatError({ source: this.#source, line: this.#line, column }, message);
  }
}

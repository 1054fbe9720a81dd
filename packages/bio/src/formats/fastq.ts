import { dna } from '../alphabet';
import type { FastaOptions } from './fasta-scanner';
import { excerpt, FormatError } from './format-error';
import { lineBatches } from './input';
import type { Input } from './input';

/** One read: letters and how sure the sequencer was of each. */
export interface FastqRecord {
  /** The first word after '@'; may be empty. */
  readonly id: string;
  /** What follows the first word. */
  readonly description: string;
  readonly sequence: string;
  /** Phred scores, −10·log₁₀ of the probability that the letter is wrong, one for each letter: 0 to 93. */
  readonly qualities: Uint8Array;
}

/**
 * The reads of a FASTQ text, one after the other. Sequences and qualities may go over several lines (Cock et al. 2010);
 * qualities are Phred scores + 33, as all sequencers have written them since 2011. Blank lines between reads are skipped.
 * @throws FormatError for an empty file, a read without '@' or '+', letters outside the alphabet, as many qualities as
 * letters not, characters that are no quality, damaged gzip data
 */
export async function* readFastq(input: Input, options: FastaOptions = {}): AsyncGenerator<FastqRecord> {
  const assembler = new Assembler(options);
  for await (const lines of lineBatches(input, options)) {
    for (const line of lines) {
      const record = assembler.push(line);
      if (record) yield record;
    }
  }
  const last = assembler.end();
  if (last) yield last;
}

/** All reads of a FASTQ text at once. */
export async function collectFastq(input: Input, options: FastaOptions = {}): Promise<FastqRecord[]> {
  const records: FastqRecord[] = [];
  for await (const record of readFastq(input, options)) records.push(record);
  return records;
}

const PHRED_OFFSET = 33;
const HIGHEST_PHRED = 93;
const ascii = new TextDecoder('latin1');

/** FASTQ text, four lines to a read. */
export function writeFastq(records: Iterable<FastqRecord>): string {
  let text = '';
  for (const { id, description, sequence, qualities } of records) {
    const header = description === '' ? id : `${id} ${description}`;
    if (/[\r\n]/.test(header)) throw new RangeError(`writeFastq: the header ${excerpt(header)} has a line break`);
    if (qualities.length !== sequence.length) {
      const got = `${qualities.length} qualities for ${sequence.length} letters`;
      throw new RangeError(`writeFastq: read ${excerpt(header)} has ${got}`);
    }
    if (qualities.some((score) => score > HIGHEST_PHRED)) {
      throw new RangeError(`writeFastq: read ${excerpt(header)}: a quality above ${HIGHEST_PHRED} has no character`);
    }
    text += `@${header}\n${sequence}\n+\n${ascii.decode(qualities.map((score) => score + PHRED_OFFSET))}\n`;
  }
  return text;
}

/** What is known of a read whose lines are still coming. */
interface OpenRead {
  readonly header: string;
  readonly line: number;
  readonly letters: string[];
  length: number;
  readonly scores: string[];
  scored: number;
}

class Assembler {
  readonly #source: string | undefined;
  readonly #outside: RegExp;
  readonly #kind: string;
  #line = 0;
  #reads = 0;
  #read: OpenRead | undefined;
  #inQualities = false;

  constructor({ source, alphabet = dna }: FastaOptions) {
    this.#source = source;
    this.#outside = alphabet === 'any' ? /[^!-~]/ : alphabet.outside;
    this.#kind = alphabet === 'any' ? 'a letter' : `an IUPAC ${alphabet.name} letter`;
  }

  /** The read that this line brings to its end, if it does. */
  push(line: string): FastqRecord | undefined {
    this.#line++;
    if (!this.#read) return this.#begin(line);
    if (this.#inQualities) return this.#addQualities(this.#read, line.trimEnd());
    if (line.startsWith('+')) return this.#endLetters(this.#read, line.slice(1).trim());
    return this.#addLetters(this.#read, line.trimEnd());
  }

  end(): FastqRecord | undefined {
    if (this.#line === 0) throw new FormatError({ source: this.#source }, 'the file is empty');
    if (this.#reads === 0) throw new FormatError({ source: this.#source }, 'not FASTQ: the file has only blank lines');
    const read = this.#read;
    if (!read) return undefined;
    const place = { source: this.#source, line: this.#line };
    if (!this.#inQualities) throw new FormatError(place, `${this.#label(read)} ends before its '+' line`);
    throw new FormatError(place, `${this.#label(read)} has ${counts(read)}: the file ends`);
  }

  #begin(line: string): undefined {
    if (line.trim() === '') return;
    if (!line.startsWith('@')) {
      throw this.#error(`not FASTQ: expected a read that begins with '@', got ${excerpt(line.trim())}`, 1);
    }
    this.#reads++;
    this.#read = { header: line.slice(1).trim(), line: this.#line, letters: [], length: 0, scores: [], scored: 0 };
    this.#inQualities = false;
  }

  #addLetters(read: OpenRead, line: string): undefined {
    const at = line.search(this.#outside);
    if (at >= 0) {
      const what = `${JSON.stringify(line[at])} at position ${read.length + at + 1}`;
      throw this.#error(`${this.#label(read)}: ${what} is not ${this.#kind}`, at + 1);
    }
    read.letters.push(line);
    read.length += line.length;
  }

  #endLetters(read: OpenRead, header: string): FastqRecord | undefined {
    if (header !== '' && header !== read.header) {
      const expected = `expected '+' alone or with the read's name (${excerpt(read.header)})`;
      throw this.#error(`${this.#label(read)}: ${expected}, got ${excerpt(header)}`, 2);
    }
    this.#inQualities = true;
    return read.length === 0 ? this.#finish(read) : undefined;
  }

  #addQualities(read: OpenRead, line: string): FastqRecord | undefined {
    const at = line.search(/[^!-~]/);
    if (at >= 0) throw this.#error(`${this.#label(read)}: ${JSON.stringify(line[at])} is no quality`, at + 1);
    read.scores.push(line);
    read.scored += line.length;
    if (read.scored > read.length) throw this.#error(`${this.#label(read)} has ${counts(read)}`, line.length);
    return read.scored === read.length ? this.#finish(read) : undefined;
  }

  #finish({ header, letters, scores }: OpenRead): FastqRecord {
    this.#read = undefined;
    const id = /^\S*/.exec(header)![0];
    const characters = scores.join('');
    const qualities = Uint8Array.from({ length: characters.length }, (_, i) => characters.charCodeAt(i) - PHRED_OFFSET);
    return { id, description: header.slice(id.length).trim(), sequence: letters.join(''), qualities };
  }

  #label({ header }: OpenRead): string {
    return `read ${this.#reads} (${header === '' ? 'no name' : excerpt(header, 60)})`;
  }

  #error(message: string, column: number): FormatError {
    return new FormatError({ source: this.#source, line: this.#line, column }, message);
  }
}

const counts = ({ scored, length }: OpenRead) => `${scored} qualities for ${length} letters`;

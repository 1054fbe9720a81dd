import { excerpt, FormatError } from './format-error';
import { FastaScanner } from './fasta-scanner';
import type { FastaChunk, FastaOptions } from './fasta-scanner';
import { byteBatches } from './input';
import type { Input } from './input';

/** One sequence of a FASTA file, letters and case as they stand there. */
export interface FastaRecord {
  /** The first word after '>'; may be empty. */
  readonly id: string;
  /** What follows the first word. */
  readonly description: string;
  readonly sequence: string;
}

/**
 * The letters of a FASTA text as bytes, some at a time: neither a line nor a record need fit in memory.
 * Blank lines, white space inside sequences and lines that begin with ';' are skipped.
 * @throws FormatError (a) for an empty file, text before the first '>', a record without sequence, letters outside the
 * alphabet, damaged gzip data
 */
export async function* readFastaChunks(input: Input, options: FastaOptions = {}): AsyncGenerator<FastaChunk> {
  const scanner = new FastaScanner(options);
  for await (const bytes of byteBatches(input, options)) yield* scanner.push(bytes);
  yield* scanner.end();
}

/**
 * The records of a FASTA text, one after the other, so that a file need not fit in memory; `readFastaChunks` gives what
 * no single string holds.
 * @throws FormatError as `readFastaChunks` does, and for a record of more than half a billion letters
 */
export async function* readFasta(input: Input, options: FastaOptions = {}): AsyncGenerator<FastaRecord> {
  const assembler = new FastaAssembler(options);
  for await (const chunk of readFastaChunks(input, options)) {
    const record = assembler.push(chunk);
    if (record) yield record;
  }
}

/** All records of a FASTA text at once. */
export async function collectFasta(input: Input, options: FastaOptions = {}): Promise<FastaRecord[]> {
  const records: FastaRecord[] = [];
  for await (const record of readFasta(input, options)) records.push(record);
  return records;
}

const LONGEST_STRING = 2 ** 29 - 24; // of V8, the shortest of the engines' limits

/** Puts chunks together to records. */
export class FastaAssembler {
  readonly #source: string | undefined;
  #parts: string[] = [];

  constructor({ source }: FastaOptions) {
    this.#source = source;
  }

  /** The record that this chunk brings to its end, if it does. */
  push({ id, description, record, start, letters, isLast }: FastaChunk): FastaRecord | undefined {
    if (start + letters.length > LONGEST_STRING) {
      const name = `record ${record + 1} (${excerpt(id, 60)})`;
      throw new FormatError({ source: this.#source }, `${name} is too long for a string: use readFastaChunks`);
    }
    this.#parts.push(ascii.decode(letters));
    if (!isLast) return undefined;
    const sequence = this.#parts.join('');
    this.#parts = [];
    return { id, description, sequence };
  }
}

const ascii = new TextDecoder('latin1'); // faster than UTF-8, and the same for ASCII

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

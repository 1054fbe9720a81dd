import { ByteBuilder } from './bytes';
import { FormatError } from './format-error';
import { plainBytes } from './input';
import type { Input, ReadOptions } from './input';

const [LINE_FEED, RETURN, BEGIN] = [10, 13, 0x3e];

/**
 * The text of a `.fai` file, as `samtools faidx` writes it, for `openIndexedFasta`. Of a packed file it tells the places
 * in the text.
 * @throws FormatError for what is not FASTA, two records of one name, and lines of different lengths in a record: what is
 * in such a line cannot be found by counting
 */
export async function indexFasta(input: Input, options: ReadOptions = {}): Promise<string> {
  const indexer = new Indexer(options.source);
  for await (const bytes of plainBytes(input, options)) indexer.push(bytes);
  return indexer.end();
}

interface Entry {
  readonly name: string;
  readonly offset: number;
  length: number;
  lineLetters: number;
  lineBytes: number;
  isEnding: boolean; // a line of fewer letters or bytes was there: it must have been the last
}

class Indexer {
  readonly #source: string | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #header = new ByteBuilder();
  #entry: Entry | undefined;
  #line = 0;
  #offset = 0; // of the line that is being read
  #bytes = 0; // of it so far
  #last = 0; // byte of it so far
  #isHeader = false;

  constructor(source: string | undefined) {
    this.#source = source;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(LINE_FEED, at);
      this.#extend(bytes.subarray(at, end < 0 ? bytes.length : end));
      if (end < 0) return;
      this.#endLine(1);
      at = end + 1;
    }
  }

  end(): string {
    if (this.#bytes > 0) this.#endLine(0);
    if (this.#entries.size === 0) throw new FormatError({ source: this.#source }, 'not FASTA: the file has no records');
    const lines = [...this.#entries.values()].map(({ name, length, offset, lineLetters, lineBytes }) =>
      [name, length, offset, lineLetters, lineBytes].join('\t'),
    );
    return `${lines.join('\n')}\n`;
  }

  #extend(part: Uint8Array): void {
    if (part.length === 0) return;
    if (this.#bytes === 0) this.#isHeader = part[0] === BEGIN;
    if (this.#isHeader) this.#header.add(part);
    else this.#checkLetters(part);
    this.#bytes += part.length;
    this.#last = part[part.length - 1];
  }

  /** White space within a line would be counted as letters; a return may stand at its end. */
  #checkLetters(part: Uint8Array): void {
    let before = this.#bytes > 0 ? this.#last : 0;
    for (let i = 0; i < part.length; i++) {
      const isLetter = (part[i] > 32 && part[i] < 127) || part[i] === RETURN;
      if (!isLetter || before === RETURN) throw this.#error(`byte ${part[i]} is no letter`, this.#bytes + i + 1, 1);
      before = part[i];
    }
  }

  #endLine(endBytes: number): void {
    this.#line++;
    const letters = this.#bytes - Number(this.#bytes > 0 && this.#last === RETURN);
    const bytes = this.#bytes + endBytes;
    this.#offset += bytes;
    if (this.#isHeader) this.#begin(new TextDecoder().decode(this.#header.bytes));
    else this.#count(letters, bytes);
    this.#header.clear();
    [this.#bytes, this.#isHeader] = [0, false];
  }

  #begin(header: string): void {
    const name = /^\S*/.exec(header.slice(1))![0];
    if (this.#entries.has(name)) throw this.#error(`a second record of the name ${JSON.stringify(name)}`);
    this.#entry = { name, offset: this.#offset, length: 0, lineLetters: 0, lineBytes: 0, isEnding: false };
    this.#entries.set(name, this.#entry);
  }

  #count(letters: number, bytes: number): void {
    const entry = this.#entry;
    if (!entry && letters > 0) throw this.#error("not FASTA: expected a line that begins with '>'");
    if (!entry) return;
    if (entry.length === 0 && !entry.isEnding) [entry.lineLetters, entry.lineBytes] = [letters, bytes];
    const isLonger = letters > entry.lineLetters || bytes > entry.lineBytes;
    if (letters > 0 && (entry.isEnding || isLonger)) {
      throw this.#error(`expected lines of ${entry.lineLetters} letters and a shorter last one, got ${letters}`);
    }
    if (letters === 0 || letters !== entry.lineLetters || bytes !== entry.lineBytes) entry.isEnding = true;
    entry.length += letters;
  }

  /** @param linesAhead 1 where the line at fault has not ended and is not counted yet */
  #error(message: string, column = 1, linesAhead = 0): FormatError {
    return new FormatError({ source: this.#source, line: this.#line + linesAhead, column }, message);
  }
}

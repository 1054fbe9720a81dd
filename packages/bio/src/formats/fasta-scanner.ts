import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { ByteBuilder } from './bytes';
import { excerpt, FormatError } from './format-error';
import type { ReadOptions } from './input';

/** What a FASTA reader can be told. */
export interface FastaOptions extends ReadOptions {
  /** The letters that may occur; `'any'` admits every visible character. DNA (with U) unless said. */
  readonly alphabet?: Alphabet | 'any';
}

/** Some letters of one record, in the order of the file. */
export interface FastaChunk {
  /** The first word after '>'; may be empty. */
  readonly id: string;
  /** What follows the first word. */
  readonly description: string;
  /** The number of the record, from 0. */
  readonly record: number;
  /** The position of the first of `letters` in its record, from 0. */
  readonly start: number;
  /** The character codes of the letters (ASCII), case as it stands there. */
  readonly letters: Uint8Array;
  /** Whether the record ends here; such a chunk may be without letters. */
  readonly isLast: boolean;
}

const [LINE_FEED, RETURN] = [10, 13];
const [LETTER, BLANK, LINE_END, ALIEN] = [0, 1, 2, 3];
const LONGEST_HEADER = 1 << 20;
const STRAY_BYTES = 200; // of a line that should not be there, for the error message

/** Takes bytes, gives letters, and knows where it is. What it keeps does not grow with lines or records. */
export class FastaScanner {
  readonly #source: string | undefined;
  readonly #alphabet: Alphabet | 'any';
  readonly #kinds: Uint8Array;
  #inside: 'nothing' | 'header' | 'comment' | 'letters' | 'stray' = 'nothing'; // which kind of line
  #line: number;
  #lineStart = 0; // in the bytes at hand; below 0 where the line began in earlier ones
  #isAfterReturn = false;
  #text = new ByteBuilder(); // of a header or a stray line
  #header: { id: string; description: string; line: number } | undefined;
  #record = -1;
  #length = 0; // letters of the record so far
  #letters = new Uint8Array(0); // those found in the bytes at hand
  #from = 0; // where the record's own begin among them
  #used = 0;
  #found: FastaChunk[] = [];

  /** @param linesBefore how many lines of the file stand before the bytes to come */
  constructor({ source, alphabet = dna }: FastaOptions, linesBefore = 0) {
    this.#source = source;
    this.#alphabet = alphabet;
    this.#kinds = kindsOfBytes(alphabet);
    this.#line = linesBefore;
  }

  /** The letters in these bytes, record by record. */
  push(bytes: Uint8Array): FastaChunk[] {
    this.#found = [];
    this.#letters = new Uint8Array(bytes.length);
    this.#from = this.#used = 0;
    for (let at = 0; at < bytes.length;) at = this.#step(bytes, at);
    this.#lineStart -= bytes.length;
    if (this.#used > this.#from) this.#emit(false);
    return this.#found;
  }

  /** What was still open. */
  end(): FastaChunk[] {
    this.#found = [];
    this.#letters = new Uint8Array(0);
    this.#from = this.#used = 0;
    if (this.#inside !== 'nothing') this.#endLine();
    if (this.#line === 0) throw new FormatError({ source: this.#source }, 'the file is empty');
    if (!this.#header) throw new FormatError({ source: this.#source }, 'not FASTA: the file has only blank lines');
    this.#finish();
    return this.#found;
  }

  #step(bytes: Uint8Array, at: number): number {
    if (this.#inside === 'nothing') return this.#beginLine(bytes, at);
    if (this.#inside === 'letters') return this.#takeLetters(bytes, at);
    const end = lineEnd(bytes, at);
    if (this.#inside !== 'comment') this.#takeText(bytes.subarray(at, end));
    return end < bytes.length ? this.#pass(bytes, end) : end;
  }

  #beginLine(bytes: Uint8Array, at: number): number {
    const byte = bytes[at];
    const isRestOfEnd = byte === LINE_FEED && this.#isAfterReturn;
    this.#isAfterReturn = false;
    if (isRestOfEnd) return at + 1;
    this.#line++;
    this.#lineStart = at;
    this.#inside = byte === 0x3e ? 'header' : byte === 0x3b ? 'comment' : this.#header ? 'letters' : 'stray';
    return byte === 0x3e ? at + 1 : at;
  }

  #takeLetters(bytes: Uint8Array, start: number): number {
    const [kinds, letters] = [this.#kinds, this.#letters];
    let used = this.#used;
    let at = start;
    for (; at < bytes.length; at++) {
      const kind = kinds[bytes[at]];
      if (kind === LETTER) letters[used++] = bytes[at];
      else if (kind !== BLANK) break;
    }
    this.#used = used;
    if (at === bytes.length) return at;
    if (kinds[bytes[at]] === ALIEN) throw this.#letterError(bytes, at);
    return this.#pass(bytes, at);
  }

  #takeText(bytes: Uint8Array): void {
    const limit = this.#inside === 'stray' ? STRAY_BYTES : LONGEST_HEADER;
    this.#text.add(bytes.subarray(0, limit + 1 - this.#text.length));
    if (this.#text.length <= limit) return;
    if (this.#inside === 'stray') this.#endLine();
    else throw this.#error(`a header of more than ${LONGEST_HEADER} bytes: ${excerpt(this.#readText())}`, 1);
  }

  /** Goes past the byte that ends a line. */
  #pass(bytes: Uint8Array, at: number): number {
    this.#isAfterReturn = bytes[at] === RETURN;
    this.#endLine();
    return at + 1;
  }

  #endLine(): void {
    if (this.#inside === 'header') this.#beginRecord();
    if (this.#inside === 'stray') this.#checkStray();
    this.#inside = this.#inside === 'stray' && this.#text.length > STRAY_BYTES ? 'stray' : 'nothing';
    this.#text.clear();
  }

  #checkStray(): void {
    const text = this.#readText().trim();
    if (text !== '') throw this.#error(`not FASTA: expected a line that begins with '>', got ${excerpt(text)}`, 1);
  }

  #beginRecord(): void {
    this.#finish();
    const header = this.#readText().trim();
    const id = /^\S*/.exec(header)![0];
    this.#header = { id, description: header.slice(id.length).trim(), line: this.#line };
    this.#record++;
    this.#length = 0;
    this.#from = this.#used;
  }

  #finish(): void {
    if (!this.#header) return;
    if (this.#length + this.#used - this.#from > 0) return this.#emit(true);
    throw new FormatError({ source: this.#source, line: this.#header.line }, `${this.#label()} has no sequence`);
  }

  #emit(isLast: boolean): void {
    const { id, description } = this.#header!;
    const letters = this.#letters.subarray(this.#from, this.#used);
    this.#found.push({ id, description, record: this.#record, start: this.#length, letters, isLast });
    this.#length += letters.length;
    this.#from = this.#used;
  }

  #readText(): string {
    return new TextDecoder().decode(this.#text.bytes);
  }

  #letterError(bytes: Uint8Array, at: number): FormatError {
    const [letter] = new TextDecoder().decode(bytes.subarray(at, at + 4)); // no letter of UTF-8 is longer
    const kind = this.#alphabet === 'any' ? 'a letter' : `an IUPAC ${this.#alphabet.name} letter`;
    const position = this.#length + this.#used - this.#from + 1;
    return this.#error(
      `${this.#label()}: ${JSON.stringify(letter)} at position ${position} is not ${kind}`,
      at - this.#lineStart + 1,
    );
  }

  #label(): string {
    return `record ${this.#record + 1} (${this.#header?.id ? excerpt(this.#header.id, 60) : 'no name'})`;
  }

  #error(message: string, column: number): FormatError {
    return new FormatError({ source: this.#source, line: this.#line, column }, message);
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== LINE_FEED && bytes[at] !== RETURN) at++;
  return at;
}

function kindsOfBytes(alphabet: Alphabet | 'any'): Uint8Array {
  const isLetter = (byte: number) =>
    alphabet === 'any' ? byte > 32 && byte < 127 : byte < 128 && !alphabet.outside.test(String.fromCharCode(byte));
  const kinds = Uint8Array.from({ length: 256 }, (_, byte) => (isLetter(byte) ? LETTER : ALIEN));
  for (const blank of ' \t\v\f') kinds[blank.charCodeAt(0)] = BLANK;
  kinds[LINE_FEED] = kinds[RETURN] = LINE_END;
  return kinds;
}

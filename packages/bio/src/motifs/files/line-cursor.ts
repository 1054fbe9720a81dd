import { FormatError } from '../../formats/format-error';
import type { ReadOptions } from '../../formats/input';

/** A text read line by line, whose errors know where they are. Lines end in LF, CRLF or CR. */
export class LineCursor {
  readonly #lines: readonly string[];
  readonly #source: string | undefined;
  #next = 0;

  constructor(text: string, { source }: ReadOptions = {}) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
    this.#source = source;
  }

  /** The number of the line read last, from 1. */
  get number(): number {
    return this.#next;
  }

  /** The line to be read next; undefined behind the last. */
  get ahead(): string | undefined {
    return this.#lines[this.#next];
  }

  /** Reads a line; undefined behind the last. */
  next(): string | undefined {
    return this.#lines[this.#next++];
  }

  /** An error at the line read last, or at `line`; 0 for the text as a whole. */
  error(message: string, { line = this.#next, column }: { line?: number; column?: number } = {}): FormatError {
    const place = line > 0 ? { line: Math.min(line, this.#lines.length), column } : {};
    return new FormatError({ source: this.#source, ...place }, message);
  }
}

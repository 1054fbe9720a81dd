import { FormatError } from './format-error';

/** What can be read in the middle: `{ size, read }` for the ranges of a server or of an open file. */
export interface ByteRanges {
  /** The number of bytes. */
  readonly size: number;
  /** The bytes from `start` to before `end`, which is at most `size`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** What a reader takes that jumps: bytes, a `Blob` or `File` (in Node `await openAsBlob(path)`), or `ByteRanges`. */
export type RandomAccess = Uint8Array | Blob | ByteRanges;

/** A file that is read in pieces, which says where it ends too early. */
export class PartReader {
  readonly #file: RandomAccess;
  readonly #source: string | undefined;
  readonly size: number;

  constructor(file: RandomAccess, source?: string) {
    this.#file = file;
    this.#source = source;
    this.size = file instanceof Uint8Array ? file.length : file.size;
  }

  /** @throws FormatError if the file has fewer bytes */
  async read(start: number, length: number): Promise<Uint8Array> {
    const end = start + length;
    if (!(end <= this.size)) throw this.error(start, `expected ${length} more bytes, the file has ${this.size} in all`);
    if (this.#file instanceof Uint8Array) return this.#file.subarray(start, end);
    if (!(this.#file instanceof Blob)) return this.#file.read(start, end);
    return new Uint8Array(await this.#file.slice(start, end).arrayBuffer());
  }

  /** An error at a byte of the file, counted from 0. */
  error(at: number, message: string): FormatError {
    return new FormatError({ source: this.#source }, `byte ${at}: ${message}`);
  }
}

import { Gunzip } from 'fflate';
import { joined } from './bytes';
import { Checksum } from './crc32';
import { FormatError } from './format-error';

const TRAILER_BYTES = 8; // CRC-32 and length of what a member inflates to, both u32, little end first (RFC 1952)
const BIT_BYTES = 1 << 15;
const WINDOW_BYTES = 66_000; // fflate reports a member when it has read the next one's header, up to 64 KiB further on

/**
 * The bytes as they are, or inflated where they begin with the magic bytes of gzip. Any number of members may follow
 * each other, as in bgzip files: the platform's `DecompressionStream` refuses all after the first in browsers.
 * @throws FormatError if the data are damaged or cut off; every member's checksum is compared.
 */
export async function* inflateIfGzip(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  source?: string,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  let inflater: Inflater | undefined;
  let isKnown = false;
  for await (const chunk of chunks) {
    head = isKnown ? chunk : joined(head, chunk);
    if (!isKnown && head.length < 2) continue;
    if (!isKnown && isGzip(head)) inflater = new Inflater(source);
    isKnown = true;
    if (inflater) yield* inflated(inflater, head);
    else yield head;
  }
  if (inflater) yield* inflater.push(new Uint8Array(), true);
  else if (!isKnown && head.length > 0) yield head;
}

/** Bit by bit, because what is all one letter inflates to a thousand times its length. */
function* inflated(inflater: Inflater, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += BIT_BYTES) yield* inflater.push(bytes.subarray(at, at + BIT_BYTES), false);
}

/** Whether the bytes begin with 1F 8B, the magic bytes of gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** fflate's inflater with the checks it leaves out: checksum and length at the end of each member. */
class Inflater {
  #gunzip = new Gunzip((bytes) => this.#take(bytes));
  #output: Uint8Array[] = [];
  #checksum = new Checksum();
  #window: Uint8Array = new Uint8Array(); // the newest compressed bytes, among them the trailer to be checked
  #consumed = 0; // compressed bytes up to the end of the window

  constructor(readonly source?: string) {
    this.#gunzip.onmember = (offset) => this.#checkTrailer(offset);
  }

  push(chunk: Uint8Array, isLast: boolean): Uint8Array[] {
    this.#window = joined(this.#window.subarray(-WINDOW_BYTES), chunk);
    this.#consumed += chunk.length;
    this.#output = [];
    try {
      this.#gunzip.push(chunk, isLast);
    } catch (error) {
      if (error instanceof FormatError) throw error;
      throw new FormatError({ source: this.source }, `broken gzip data (${(error as Error).message})`);
    }
    if (isLast) this.#checkTrailer(this.#consumed);
    return this.#output;
  }

  #take(bytes: Uint8Array): void {
    this.#checksum.add(bytes);
    if (bytes.length > 0) this.#output.push(bytes);
  }

  /** @param end where the member ends, counted from the first compressed byte */
  #checkTrailer(end: number): void {
    const at = end - TRAILER_BYTES - (this.#consumed - this.#window.length);
    const trailer = new DataView(this.#window.buffer, this.#window.byteOffset + Math.max(at, 0));
    const { crc, length } = this.#checksum;
    const isWhole = at >= 0 && trailer.getUint32(0, true) === crc && trailer.getUint32(4, true) === length;
    if (!isWhole) {
      throw new FormatError({ source: this.source }, 'broken gzip data (wrong checksum: damaged or cut off)');
    }
    this.#checksum = new Checksum();
  }
}

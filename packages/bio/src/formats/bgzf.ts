import { concatenated } from './bytes';
import { FormatError } from './format-error';
import { inflateIfGzip, isGzip } from './gzip';
import { rawBytes } from './input';
import type { Input } from './input';
import type { PartReader } from './random-access';

/** Where the blocks of a bgzip file begin: in the file, and in the text that it inflates to. */
export interface GziIndex {
  readonly compressed: Float64Array;
  readonly plain: Float64Array;
}

const ENTRY_BYTES = 16;

/** A `.gzi` file, as `bgzip -r` writes it: the count and then two numbers for each block but the first. */
export async function readGzi(input: Exclude<Input, string>, source?: string): Promise<GziIndex> {
  const bytes = await rawBytes(input); // a count of 35 615 looks like the beginning of gzip
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length < 8 ? NaN : Number(data.getBigUint64(0, true));
  if (bytes.length !== 8 + count * ENTRY_BYTES) {
    throw new FormatError({ source }, `byte 0: not .gzi: expected 8 bytes and 16 for each block, got ${bytes.length}`);
  }
  const numbers = (at: number) =>
    Float64Array.from({ length: count + 1 }, (_, i) =>
      i === 0 ? 0 : Number(data.getBigUint64(8 + (i - 1) * ENTRY_BYTES + at, true)),
    );
  const index = { compressed: numbers(0), plain: numbers(8) };
  checkAscending(index, source);
  return index;
}

function checkAscending({ compressed, plain }: GziIndex, source?: string): void {
  const at = plain.findIndex((start, i) => i > 0 && (start < plain[i - 1] || compressed[i] <= compressed[i - 1]));
  if (at < 0) return;
  throw new FormatError({ source }, `byte ${8 + (at - 1) * ENTRY_BYTES}: block ${at} begins before the one before it`);
}

/**
 * Bytes `start` to before `end` of what a bgzip file inflates to; checksums of the blocks are compared.
 * @throws FormatError for damaged blocks and an index of another file
 */
export async function readBgzf(file: PartReader, index: GziIndex, start: number, end: number): Promise<Uint8Array> {
  const { compressed, plain } = index;
  const first = plain.findLastIndex((begin) => begin <= start);
  const after = plain.findIndex((begin) => begin >= end && begin > plain[first]);
  const from = compressed[first];
  const bytes = await file.read(from, (after < 0 ? file.size : compressed[after]) - from);
  if (!isGzip(bytes)) throw file.error(from, 'expected a block of gzip: the .gzi is of another file');
  const text = await inflated(bytes, (error) => file.error(from, error.complaint));
  if (text.length >= end - plain[first]) return text.subarray(start - plain[first], end - plain[first]);
  throw file.error(from, `the blocks hold ${text.length} bytes, fewer than the .gzi says`);
}

async function inflated(bytes: Uint8Array, located: (error: FormatError) => FormatError): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of inflateIfGzip([bytes])) pieces.push(piece);
  } catch (error) {
    throw error instanceof FormatError ? located(error) : error;
  }
  return concatenated(pieces);
}

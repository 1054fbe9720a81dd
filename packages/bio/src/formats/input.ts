import { concatenated, joined } from './bytes';
import { excerpt, FormatError } from './format-error';
import { inflateIfGzip } from './gzip';

/** What a reader takes: text, bytes (gzip or not), a `File` or `Blob`, the body of a response, a Node stream. */
export type Input = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** What every reader can be told. */
export interface ReadOptions {
  /** What errors call the text, usually the file's name. */
  readonly source?: string;
}

const CHUNK_BYTES = 1 << 18; // so that a piece of a long text takes little memory
const LONGEST_LINE = 1 << 27; // far above any real line of what is read by lines, and below the longest string of an engine

/**
 * The lines of a text in order, in batches: an `await` per line would cost more than reading it.
 * Lines end in LF, CRLF or CR and come without their ends; gzip is inflated, a byte order mark dropped.
 * @throws FormatError for damaged gzip data and for a line of more than 2²⁷ characters, which would not fit in memory
 */
export async function* lineBatches(input: Input, { source }: ReadOptions = {}): AsyncGenerator<string[]> {
  let rest: string[] = []; // the pieces of a line that has not ended
  let restLength = 0;
  let line = 1;
  for await (const text of unixText(textPieces(input, source))) {
    const end = text.lastIndexOf('\n');
    if (end >= 0) {
      const lines = (rest.join('') + text.slice(0, end)).split('\n');
      yield lines;
      line += lines.length;
      [rest, restLength] = [[], 0];
    }
    rest.push(text.slice(end + 1));
    restLength += text.length - end - 1;
    if (restLength > LONGEST_LINE) throw tooLong(rest[0], { source, line });
  }
  if (restLength > 0) yield [rest.join('')];
}

function tooLong(beginning: string, { source, line }: { source?: string; line: number }): FormatError {
  return new FormatError({ source, line }, `a line of more than ${LONGEST_LINE} characters: ${excerpt(beginning)}`);
}

/** CRLF and CR become LF, also where a CRLF is torn between two pieces. */
async function* unixText(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of texts) {
    const text = held + piece;
    held = text.endsWith('\r') ? '\r' : '';
    yield (held ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}

/** A text in pieces, gzip inflated, without a byte order mark. */
export async function* textPieces(input: Input, source?: string): AsyncGenerator<string> {
  if (typeof input === 'string') return yield input.replace(/^\uFEFF/, '');
  const decoder = new TextDecoder();
  for await (const bytes of inflateIfGzip(chunksOf(input), source)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** The bytes of a text in pieces of moderate size, inflated where they are gzip, without a byte order mark. */
export async function* byteBatches(input: Input, { source }: ReadOptions = {}): AsyncGenerator<Uint8Array> {
  yield* withoutMark(plainBytes(input, { source }));
}

/** As `byteBatches`, with the byte order mark where there is one. */
export function plainBytes(input: Input, { source }: ReadOptions = {}): AsyncGenerator<Uint8Array> {
  return typeof input === 'string' ? utf8(input) : inflateIfGzip(chunksOf(input), source);
}

/** All bytes as they are, gzip or not. */
export async function rawBytes(input: Exclude<Input, string>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunksOf(input)) pieces.push(piece);
  return concatenated(pieces);
}

/** Drops EF BB BF from the beginning, the mark in UTF-8, also where it comes in single bytes. */
async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  let isKnown = false;
  for await (const chunk of chunks) {
    head = isKnown ? chunk : joined(head, chunk);
    if (!isKnown && head.length < 3) continue;
    yield !isKnown && isMark(head) ? head.subarray(3) : head;
    isKnown = true;
  }
  if (!isKnown && head.length > 0) yield head;
}

const isMark = ([a, b, c]: Uint8Array) => a === 0xef && b === 0xbb && c === 0xbf;

async function* utf8(text: string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + CHUNK_BYTES, text.length);
    if (text.charCodeAt(end - 1) >> 10 === 0x36) end = Math.min(end + 1, text.length); // the first half of a pair
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}

function chunksOf(input: Exclude<Input, string>): AsyncIterable<Uint8Array> {
  if (input instanceof Uint8Array) return cut(input);
  if (input instanceof Blob) return fromStream(input.stream());
  return 'getReader' in input ? fromStream(input) : input;
}

async function* cut(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** Not every browser lets one iterate a `ReadableStream`. */
async function* fromStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel(); // the caller may stop early, and then nobody else would close the file
  }
}

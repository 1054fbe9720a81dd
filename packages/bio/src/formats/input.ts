import { inflateIfGzip } from './gzip';

/** What a reader takes: text, bytes (gzip or not), a `File` or `Blob`, the body of a response, a Node stream. */
export type Input = string | Uint8Array | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** What every reader can be told. */
export interface ReadOptions {
  /** What errors call the text, usually the file's name. */
  readonly source?: string;
}

const CHUNK_BYTES = 1 << 20; // so that the text of one piece stays far below the longest string of an engine

/**
 * The lines of a text in order, in batches: an `await` per line would cost more than reading it.
 * Lines end in LF, CRLF or CR and come without their ends; gzip is inflated, a byte order mark dropped.
 */
export async function* lineBatches(input: Input, { source }: ReadOptions = {}): AsyncGenerator<string[]> {
  let rest = '';
  for await (const text of unixText(pieces(input, source))) {
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      rest += text;
      continue;
    }
    yield (rest + text.slice(0, end)).split('\n');
    rest = text.slice(end + 1);
  }
  if (rest !== '') yield [rest];
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

async function* pieces(input: Input, source?: string): AsyncGenerator<string> {
  if (typeof input === 'string') return yield input.replace(/^\uFEFF/, '');
  const decoder = new TextDecoder();
  for await (const bytes of inflateIfGzip(byteChunks(input), source)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

function byteChunks(input: Exclude<Input, string>): AsyncIterable<Uint8Array> {
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

import { FormatError } from './format-error';
import { textPieces } from './input';
import type { Input, ReadOptions } from './input';

/**
 * A reader of small files that are parsed as a whole: a text at once, all other input (bytes, gzip or not, a `File`, a stream)
 * when it has come.
 */
export interface WholeReader<Result, Options extends ReadOptions = ReadOptions> {
  (text: string, options?: Options): Result;
  (input: Exclude<Input, string>, options?: Options): Promise<Result>;
  (input: Input, options?: Options): Result | Promise<Result>;
}

/** A reader of all kinds of input from one of texts. */
export function wholeReader<Result, Options extends ReadOptions>(
  parse: (text: string, options: Options) => Result,
): WholeReader<Result, Options> {
  function read(text: string, options?: Options): Result;
  function read(input: Exclude<Input, string>, options?: Options): Promise<Result>;
  function read(input: Input, options?: Options): Result | Promise<Result>;
  function read(input: Input, options = {} as Options): Result | Promise<Result> {
    if (typeof input === 'string') return parse(input, options);
    return wholeText(input, options).then((text) => parse(text, options));
  }
  return read;
}

const LONGEST_TEXT = 1 << 28; // below the longest string of an engine, and far above any file of motifs or trees

/** @throws FormatError for damaged gzip data, and for more text than can be parsed at once */
async function wholeText(input: Input, { source }: ReadOptions): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of textPieces(input, source)) {
    pieces.push(piece);
    length += piece.length;
    if (length > LONGEST_TEXT) throw new FormatError({ source }, `a text of more than ${LONGEST_TEXT} characters`);
  }
  return pieces.join('');
}

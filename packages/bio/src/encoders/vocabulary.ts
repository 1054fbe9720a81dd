import { paddedLength } from './encoded';

/** Tokens by number, for an embedding. Number 0 is padding, 1 whatever is not among the tokens. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
}

/** Lists of tokens as numbers. */
export interface EncodedTokens {
  readonly values: Int32Array; // [sequences, longest]
  readonly shape: readonly [sequences: number, longest: number];
  readonly lengths: Uint32Array; // [sequences]
}

const PADDING = '';
const UNKNOWN = '\uFFFD';

/** The vocabulary of some texts, tokens in alphabetical order, so that the order of the texts does not matter. */
export function vocabularyOf(texts: Iterable<readonly string[]>): Vocabulary {
  const found = new Set<string>();
  for (const tokens of texts) for (const token of tokens) found.add(token);
  const tokens = [PADDING, UNKNOWN, ...[...found].sort()];
  return { tokens, numbers: new Map(tokens.map((token, number) => [token, number])) };
}

/** Numbers of tokens, padded with 0. @param options.unknown what becomes of other tokens: an error unless said, or number 1 */
export function encodeTokens(
  texts: readonly (readonly string[])[],
  vocabulary: Vocabulary,
  options: { readonly unknown?: 'error' | 'number'; readonly length?: number } = {},
): EncodedTokens {
  const lengths = Uint32Array.from(texts, (tokens) => tokens.length);
  const length = paddedLength('encodeTokens', lengths, options.length);
  const values = new Int32Array(texts.length * length);
  texts.forEach((tokens, row) => {
    tokens.forEach((token, i) => {
      const number = vocabulary.numbers.get(token);
      if (number === undefined && options.unknown !== 'number') {
        const where = `sequence ${row + 1}, token ${i + 1}`;
        throw new RangeError(`encodeTokens: ${where}: ${JSON.stringify(token)} is not in the vocabulary`);
      }
      values[row * length + i] = number ?? 1;
    });
  });
  return { values, shape: [texts.length, length], lengths };
}

/** The tokens of numbers, without padding. */
export function decodeTokens({ values, shape, lengths }: EncodedTokens, { tokens }: Vocabulary): string[][] {
  return Array.from(lengths, (own, row) => Array.from({ length: own }, (_, i) => tokens[values[row * shape[1] + i]]));
}

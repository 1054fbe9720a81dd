import { checkLetters, codeOf, dna, LetterError } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { readFastaChunks } from '../formats/fasta';
import type { FastaChunk } from '../formats/fasta-scanner';
import type { Input, ReadOptions } from '../formats/input';
import { paddedLength } from './encoded';
import type { Encoded } from './encoded';
import { encodeBytes, encodeText, encodingTable } from './encoding-table';
import type { LetterPolicy } from './encoding-table';

/** How letters are to be encoded. */
export interface OneHotOptions extends LetterPolicy {
  /** DNA unless said. */
  readonly alphabet?: Alphabet;
  /** Length to pad to, in letters; the longest sequence's unless said. */
  readonly length?: number;
}

/**
 * One-hot encoding. Channels are the letters of the alphabet, then `unknown` and `lowerCase` where the policies want them.
 * @throws LetterError naming the sequence and the position (both from 1) of a character outside the alphabet, and with
 * `unknown: 'error'` of a code for several letters
 */
export function oneHot(sequences: readonly string[], options: OneHotOptions): Encoded {
  const alphabet = options.alphabet ?? dna;
  const table = encodingTable(alphabet, options);
  const { channels, extra } = table;
  const lengths = Uint32Array.from(sequences, (sequence) => sequence.length);
  const length = paddedLength('oneHot', lengths, options.length);
  const values = new Float32Array(sequences.length * length * channels);
  sequences.forEach((sequence, row) => {
    const failedAt = encodeText(values, row * length * channels, sequence, table);
    if (failedAt >= 0) throw letterError(sequence, failedAt, alphabet, `oneHot: sequence ${row + 1}`);
  });
  return { values, shape: [sequences.length, length, channels], lengths, ...(extra.length > 0 && { extra }) };
}

/** Some letters of a FASTA record, encoded. */
export interface EncodedChunk extends Omit<FastaChunk, 'letters'> {
  readonly length: number;
  readonly values: Float32Array; // [length, channels]
}

/**
 * One-hot encoding of a FASTA text while it is read, some letters at a time and without a string of any of them.
 * @throws FormatError as `readFastaChunks` does
 * @throws LetterError with `unknown: 'error'`
 */
export async function* oneHotFasta(
  input: Input,
  options: LetterPolicy & ReadOptions & { readonly alphabet?: Alphabet },
): AsyncGenerator<EncodedChunk> {
  const alphabet = options.alphabet ?? dna;
  const table = encodingTable(alphabet, options);
  for await (const { letters, ...chunk } of readFastaChunks(input, { ...options, alphabet })) {
    const values = new Float32Array(letters.length * table.channels);
    const failedAt = encodeBytes(values, 0, letters, table);
    if (failedAt >= 0) {
      const label = `oneHotFasta: record ${chunk.record + 1}`;
      const place = chunk.start + failedAt + 1;
      throw new LetterError(String.fromCharCode(letters[failedAt]), place, alphabet, label, notOneOf(alphabet));
    }
    yield { ...chunk, length: letters.length, values };
  }
}

/**
 * The letters of an encoding, upper case unless a channel says lower case. A position with several channels above zero
 * becomes their IUPAC code, one without any the code for all letters.
 */
export function decodeOneHot({ values, shape, lengths, extra = [] }: Encoded, alphabet: Alphabet = dna): string[] {
  const [, length, channels] = shape;
  const letters = alphabet.letters.length;
  const lowerCase = extra.indexOf('lowerCase');
  const known = new Map<number, string>();
  const letterAt = (at: number) => {
    let present = 0;
    for (let channel = 0; channel < letters; channel++) if (values[at + channel] > 0) present |= 1 << channel;
    if (!known.has(present)) known.set(present, letterFor(present, alphabet));
    const letter = known.get(present)!;
    return lowerCase >= 0 && values[at + letters + lowerCase] > 0 ? letter.toLowerCase() : letter;
  };
  return Array.from(lengths, (own, row) =>
    Array.from({ length: own }, (_, i) => letterAt((row * length + i) * channels)).join(''),
  );
}

function letterFor(present: number, alphabet: Alphabet): string {
  const members = [...alphabet.letters].filter((_, channel) => present & (1 << channel)).join('');
  return codeOf(alphabet, members) ?? codeOf(alphabet, alphabet.letters)!;
}

const notOneOf = (alphabet: Alphabet) => `is not one of ${alphabet.letters}`;

function letterError(sequence: string, at: number, alphabet: Alphabet, label: string): RangeError {
  checkLetters(sequence, alphabet, label); // unless all are letters, and this one only unwanted here
  return new LetterError(sequence[at], at + 1, alphabet, label, notOneOf(alphabet));
}

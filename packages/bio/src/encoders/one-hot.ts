import { checkLetters, codeOf, dna, LetterError } from '../alphabet';
import type { Alphabet } from '../alphabet';

/** Sequences as numbers, one channel per letter; zeros beyond a sequence's own length. */
export interface Encoded {
  readonly values: Float32Array; // [sequences, longest, letters]
  readonly shape: readonly [sequences: number, longest: number, letters: number];
  readonly lengths: Uint32Array; // [sequences]
}

/** The policies of an encoding: what is unknown, and what a lower-case letter means, are to be said. */
export interface OneHotOptions {
  /** DNA unless said. */
  readonly alphabet?: Alphabet;
  /**
   * What becomes of the codes for several letters, such as N and R.
   * `fractional`: equal shares of the letters meant (R is ½ A, ½ G; N ¼ each) · `uniform`: equal shares of all letters ·
   * `zeros` · `error`
   */
  readonly unknown: 'fractional' | 'uniform' | 'zeros' | 'error';
  /** What a lower-case letter is: the `same` as its capital, or (soft-masked repeats) one of the `unknown`. */
  readonly lowerCase: 'same' | 'unknown';
  /** Length to pad to, in letters; the longest sequence's unless said. */
  readonly length?: number;
}

/**
 * One-hot encoding.
 * @throws LetterError naming the sequence and the position (both from 1) of a character outside the alphabet, and with
 * `unknown: 'error'` of a code for several letters
 */
export function oneHot(sequences: readonly string[], options: OneHotOptions): Encoded {
  const alphabet = options.alphabet ?? dna;
  const channels = alphabet.letters.length;
  const longest = sequences.reduce((length, sequence) => Math.max(length, sequence.length), 0);
  const length = options.length ?? longest;
  if (length < longest) throw new RangeError(`oneHot: length (${length}) is below the longest sequence's (${longest})`);
  const table = encodingTable(alphabet, options);
  const values = new Float32Array(sequences.length * length * channels);
  sequences.forEach((sequence, row) => {
    const failedAt = encodeInto(values, row * length * channels, sequence, table);
    if (failedAt >= 0) throw letterError(sequence, failedAt, alphabet, `oneHot: sequence ${row + 1}`);
  });
  return { values, shape: [sequences.length, length, channels], lengths: Uint32Array.from(sequences, (s) => s.length) };
}

/**
 * The letters of an encoding, upper case. A position with several channels above zero becomes their IUPAC code,
 * one without any the code for all letters.
 */
export function decodeOneHot({ values, shape, lengths }: Encoded, alphabet: Alphabet = dna): string[] {
  const [, length, channels] = shape;
  const known = new Map<number, string>();
  const letterAt = (at: number) => {
    let present = 0;
    for (let channel = 0; channel < channels; channel++) if (values[at + channel] > 0) present |= 1 << channel;
    if (!known.has(present)) known.set(present, letterFor(present, alphabet));
    return known.get(present)!;
  };
  return Array.from(lengths, (own, row) =>
    Array.from({ length: own }, (_, i) => letterAt((row * length + i) * channels)).join(''),
  );
}

function letterFor(present: number, alphabet: Alphabet): string {
  const members = [...alphabet.letters].filter((_, channel) => present & (1 << channel)).join('');
  return codeOf(alphabet, members) ?? codeOf(alphabet, alphabet.letters)!;
}

interface EncodingTable {
  /** By character code: a channel to be set to 1, or `MIXED`, or `FORBIDDEN`. [128] */
  readonly channel: Uint8Array;
  /** By character code: the row of a `MIXED` letter. [128, channels] */
  readonly rows: Float32Array;
  readonly channels: number;
}

const MIXED = 254;
const FORBIDDEN = 255;

function encodingTable(alphabet: Alphabet, { unknown, lowerCase }: OneHotOptions): EncodingTable {
  const channels = alphabet.letters.length;
  const channel = new Uint8Array(128).fill(FORBIDDEN);
  const rows = new Float32Array(128 * channels);
  if (unknown === 'fractional') rows.set(alphabet.fractions);
  if (unknown === 'uniform') rows.fill(1 / channels);
  const unknownChannel = unknown === 'error' ? FORBIDDEN : MIXED;
  for (const [code, members] of Object.entries(alphabet.codes)) {
    const own = members.length === 1 ? alphabet.letters.indexOf(members) : unknownChannel;
    const [upper, lower] = [code.charCodeAt(0), code.toLowerCase().charCodeAt(0)];
    channel[upper] = own;
    channel[lower] = lowerCase === 'same' ? own : unknownChannel;
  }
  if (lowerCase === 'unknown' && unknown === 'fractional') maskLowerCase(rows, channels);
  return { channel, rows, channels };
}

/** A soft-masked letter is to be hidden, so its row may not tell it. */
function maskLowerCase(rows: Float32Array, channels: number): void {
  rows.fill(1 / channels, 'a'.charCodeAt(0) * channels, ('z'.charCodeAt(0) + 1) * channels);
}

/** Writes one sequence into zeros; the index of the first letter that has no row, or −1. */
function encodeInto(values: Float32Array, start: number, sequence: string, table: EncodingTable): number {
  const { channel, rows, channels } = table;
  for (let i = 0, at = start; i < sequence.length; i++, at += channels) {
    const code = sequence.charCodeAt(i);
    const own = code < 128 ? channel[code] : FORBIDDEN;
    if (own < MIXED) values[at + own] = 1;
    else if (own === FORBIDDEN) return i;
    else for (let c = 0; c < channels; c++) values[at + c] = rows[code * channels + c];
  }
  return -1;
}

function letterError(sequence: string, at: number, alphabet: Alphabet, label: string): RangeError {
  checkLetters(sequence, alphabet, label); // unless all are letters, and this one only unwanted here
  return new LetterError(sequence[at], at + 1, alphabet, label, `is not one of ${alphabet.letters}`);
}

import type { Alphabet } from '../alphabet';

/** The policies of an encoding: what is unknown, and what a lower-case letter means, are to be said. */
export interface LetterPolicy {
  /**
   * What becomes of the codes for several letters, such as N and R.
   * `fractional`: equal shares of the letters meant (R is ½ A, ½ G; N ¼ each) · `uniform`: equal shares of all letters ·
   * `zeros` · `centred`: fractional shares less the mean of all letters, so that A is ¾, −¼, −¼, −¼ and N is exactly 0 in
   * whatever is linear · `channel`: 1 in a channel of its own, called `unknown` · `error`
   */
  readonly unknown: 'fractional' | 'uniform' | 'zeros' | 'centred' | 'channel' | 'error';
  /**
   * What a lower-case letter is: the `same` as its capital, or (soft-masked repeats) one of the `unknown`, or the same with
   * 1 in a `channel` of its own, called `lowerCase`.
   */
  readonly lowerCase: 'same' | 'unknown' | 'channel';
}

/** The rows of an encoding by character code. */
export interface EncodingTable {
  /** A channel to be set to 1, or `MIXED`, or `FORBIDDEN`. [256], so that any byte may ask */
  readonly channel: Uint8Array;
  /** The row of a `MIXED` letter. [128, channels] */
  readonly rows: Float32Array;
  readonly channels: number;
  /** The names of the channels after those of the letters. */
  readonly extra: readonly string[];
}

const MIXED = 254;
const FORBIDDEN = 255;

/** The rows that a policy gives to the letters of an alphabet. */
export function encodingTable(alphabet: Alphabet, policy: LetterPolicy): EncodingTable {
  const extra = [
    ...(policy.unknown === 'channel' ? ['unknown'] : []),
    ...(policy.lowerCase === 'channel' ? ['lowerCase'] : []),
  ];
  const channels = alphabet.letters.length + extra.length;
  const table = {
    channel: new Uint8Array(256).fill(FORBIDDEN),
    rows: new Float32Array(128 * channels),
    channels,
    extra,
  };
  for (const [code, members] of Object.entries(alphabet.codes)) {
    const row = rowOf(members, alphabet.letters, policy);
    setRow(table, code, row, false);
    if (policy.lowerCase !== 'unknown') setRow(table, code.toLowerCase(), row, policy.lowerCase === 'channel');
    else setRow(table, code.toLowerCase(), unknownRow(alphabet.letters, alphabet.letters, policy), false);
  }
  return table;
}

function rowOf(members: string, letters: string, policy: LetterPolicy): Float32Array | undefined {
  if (members.length > 1) return unknownRow(members, letters, policy);
  return policy.unknown === 'centred' ? centred(shares(members, letters)) : shares(members, letters);
}

function unknownRow(members: string, letters: string, { unknown }: LetterPolicy): Float32Array | undefined {
  if (unknown === 'error') return undefined;
  if (unknown === 'zeros') return new Float32Array(letters.length);
  if (unknown === 'channel')
    return Float32Array.from({ length: letters.length + 1 }, (_, i) => Number(i === letters.length));
  if (unknown === 'uniform') return shares(letters, letters);
  return unknown === 'centred' ? centred(shares(members, letters)) : shares(members, letters);
}

/** Equal shares of some of the letters. */
const shares = (members: string, letters: string) =>
  Float32Array.from(letters, (letter) => (members.includes(letter) ? 1 / members.length : 0));

/** Less the mean of all letters, which in single precision is exactly the share of each in a code for all. */
const centred = (row: Float32Array) => row.map((share) => share - Math.fround(1 / row.length));

function setRow(table: EncodingTable, letter: string, row: Float32Array | undefined, isMarked: boolean): void {
  if (!row) return;
  const at = letter.charCodeAt(0);
  const { rows, channels, channel } = table;
  rows.set(row, at * channels);
  if (isMarked) rows[(at + 1) * channels - 1] = 1;
  const own = rows.subarray(at * channels, (at + 1) * channels);
  const isUnit = own.every((value) => value === 0 || value === 1) && own.filter((value) => value === 1).length === 1;
  channel[at] = isUnit ? own.indexOf(1) : MIXED;
}

/** Writes the rows of letters into zeros; the index of the first letter that has no row, or −1. */
export function encodeText(values: Float32Array, start: number, sequence: string, table: EncodingTable): number {
  const { channel, channels } = table;
  for (let i = 0, at = start; i < sequence.length; i++, at += channels) {
    const code = sequence.charCodeAt(i);
    const own = code < 256 ? channel[code] : FORBIDDEN;
    if (own < MIXED) values[at + own] = 1;
    else if (own === FORBIDDEN) return i;
    else copyRow(values, at, code, table);
  }
  return -1;
}

/** As `encodeText`, for letters as bytes. */
export function encodeBytes(values: Float32Array, start: number, letters: Uint8Array, table: EncodingTable): number {
  const { channel, channels } = table;
  for (let i = 0, at = start; i < letters.length; i++, at += channels) {
    const own = channel[letters[i]];
    if (own < MIXED) values[at + own] = 1;
    else if (own === FORBIDDEN) return i;
    else copyRow(values, at, letters[i], table);
  }
  return -1;
}

function copyRow(values: Float32Array, at: number, code: number, { rows, channels }: EncodingTable): void {
  for (let c = 0; c < channels; c++) values[at + c] = rows[code * channels + c];
}

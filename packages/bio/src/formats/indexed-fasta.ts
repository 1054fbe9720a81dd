import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { readBgzf, readGzi } from './bgzf';
import type { GziIndex } from './bgzf';
import type { FastaOptions } from './fasta-scanner';
import { Fields } from './fields';
import { excerpt } from './format-error';
import { lineBatches } from './input';
import type { Input } from './input';
import { PartReader } from './random-access';
import type { RandomAccess } from './random-access';

/** A FASTA file with what `samtools faidx` (and `bgzip -r`) wrote beside it. */
export interface IndexedFastaFiles {
  readonly fasta: RandomAccess;
  readonly fai: Input;
  /** For a FASTA file packed by bgzip. */
  readonly gzi?: Exclude<Input, string>;
}

/** A line of a `.fai` file. */
interface Entry {
  readonly length: number;
  readonly offset: number;
  readonly lineLetters: number;
  readonly lineBytes: number;
}

/**
 * Opens a FASTA file for reading in the middle.
 * @throws FormatError for what is no index; errors of the index call it `<source>.fai` and `<source>.gzi`
 */
export async function openIndexedFasta(files: IndexedFastaFiles, options: FastaOptions = {}): Promise<IndexedFasta> {
  const { source, alphabet = dna } = options;
  const named = (ending: string) => (source === undefined ? ending : `${source}.${ending}`);
  const entries = await readFai(files.fai, named('fai'));
  const gzi = files.gzi === undefined ? undefined : await readGzi(files.gzi, named('gzi'));
  return new IndexedFasta(new PartReader(files.fasta, source), { entries, gzi, alphabet });
}

async function readFai(input: Input, source: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let line = 0;
  for await (const lines of lineBatches(input, { source })) {
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      const fields = new Fields(text.trimEnd().split('\t'), { source, line });
      if (fields.count !== 5) throw fields.error(0, `not .fai: expected 5 columns parted by tabs, got ${fields.count}`);
      if (entries.has(fields.text(0))) throw fields.error(0, `${excerpt(fields.text(0))} stands here twice`);
      entries.set(fields.text(0), entryOf(fields));
    }
  }
  return entries;
}

function entryOf(fields: Fields): Entry {
  const length = fields.integer(1, 'length');
  const offset = fields.integer(2, 'offset');
  const lineLetters = fields.integer(3, 'letters per line', length > 0 ? 1 : 0);
  const lineBytes = fields.integer(4, 'bytes per line', lineLetters);
  return { length, offset, lineLetters, lineBytes };
}

/** An open FASTA file. Of a record only what is asked for is read. */
export class IndexedFasta {
  readonly #file: PartReader;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #gzi: GziIndex | undefined;
  readonly #alphabet: Alphabet | 'any';
  /** Length of each record, in letters. */
  readonly lengths: ReadonlyMap<string, number>;

  /** Call `openIndexedFasta`. */
  constructor(
    file: PartReader,
    parts: { entries: ReadonlyMap<string, Entry>; gzi: GziIndex | undefined; alphabet: Alphabet | 'any' },
  ) {
    this.#file = file;
    this.#entries = parts.entries;
    this.#gzi = parts.gzi;
    this.#alphabet = parts.alphabet;
    this.lengths = new Map([...parts.entries].map(([name, { length }]) => [name, length]));
  }

  /**
   * The letters from `start` (0 unless said) to before `end` (the record's end unless said), case as it stands there.
   * @throws RangeError for a record that the index has not and positions outside
   * @throws FormatError if the file is damaged or the index is of another
   */
  async read(name: string, { start = 0, end }: { start?: number; end?: number } = {}): Promise<string> {
    const entry = this.#entries.get(name);
    if (!entry) {
      const names = [...this.#entries.keys()].slice(0, 20).join(', ');
      throw new RangeError(`IndexedFasta: no record ${excerpt(name)}; there are ${names}`);
    }
    const last = end ?? entry.length;
    const isInside = Number.isInteger(start) && Number.isInteger(last) && 0 <= start && start <= last;
    if (!isInside || last > entry.length) {
      throw new RangeError(`IndexedFasta: expected positions within 0 and ${entry.length}, got ${start} to ${last}`);
    }
    if (start === last) return '';
    const [from, to] = [byteOf(entry, start), byteOf(entry, last - 1) + 1];
    return this.#letters(await this.#bytes(from, to), last - start, from);
  }

  #bytes(from: number, to: number): Promise<Uint8Array> {
    return this.#gzi ? readBgzf(this.#file, this.#gzi, from, to) : this.#file.read(from, to - from);
  }

  #letters(bytes: Uint8Array, expected: number, from: number): string {
    const text = ascii.decode(bytes).replace(/[\r\n]/g, '');
    const outside = this.#alphabet === 'any' ? /[^!-~]/ : this.#alphabet.outside;
    const at = text.search(outside);
    const got =
      at >= 0 ? `${JSON.stringify(text[at])} is no letter` : `${text.length} letters where ${expected} should be`;
    if (at < 0 && text.length === expected) return text;
    throw this.#file.error(from, `${got}: the file is damaged or the .fai of another file`);
  }
}

const ascii = new TextDecoder('latin1');

const byteOf = ({ offset, lineLetters, lineBytes }: Entry, position: number) =>
  offset + Math.floor(position / lineLetters) * lineBytes + (position % lineLetters);

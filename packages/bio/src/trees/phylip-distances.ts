import { excerpt, FormatError } from '../formats/format-error';
import type { ReadOptions } from '../formats/input';
import { wholeReader } from '../formats/whole-reader';
import type { WholeReader } from '../formats/whole-reader';
import type { DistanceMatrix } from './distance-matrix';

/** What the reader of PHYLIP distances can be told. */
export interface ReadPhylipOptions extends ReadOptions {
  /**
   * Where a name ends: before the first number after its first word (`'relaxed'`, unless said), or after ten columns
   * (`'strict'`, as PHYLIP itself reads, for names that hold numbers or touch them).
   */
  readonly names?: 'relaxed' | 'strict';
}

/**
 * A PHYLIP distance matrix: the number of taxa, then for each its name and a row, which may go on over several lines.
 * The first row tells whether rows are whole, or end before the diagonal (no number) or on it (one number).
 * @throws FormatError
 */
export const readPhylipDistances: WholeReader<DistanceMatrix, ReadPhylipOptions> =
  /* @__PURE__ */ wholeReader(parsePhylip);

function parsePhylip(text: string, options: ReadPhylipOptions): DistanceMatrix {
  return new PhylipReader(text, options).read();
}

/** A word of a line, and where it stands. */
interface Word {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

class PhylipReader {
  readonly #lines: string[];
  readonly #source: string | undefined;
  readonly #isStrict: boolean;
  #at = 0; // lines read so far

  constructor(text: string, { source, names = 'relaxed' }: ReadPhylipOptions) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
    this.#source = source;
    this.#isStrict = names === 'strict';
  }

  read(): DistanceMatrix {
    const n = this.#readCount();
    const names: string[] = [];
    const rows: Word[][] = [];
    let widthOf = (_row: number) => n;
    for (let row = 0; row < n; row++) {
      const { name, words } = this.#beginRow(`row ${row + 1} of ${n}`);
      if (row === 0 && n > 1 && words.length < 2) widthOf = words.length === 0 ? (i) => i : (i) => i + 1;
      names.push(name);
      rows.push(this.#finishRow(words, widthOf(row), name));
    }
    this.#expectEnd(n);
    return { names, values: this.#matrix(rows) };
  }

  #readCount(): number {
    const words = this.#wordsOf(this.#nextLine('the number of taxa'));
    const n = Number(words[0].text);
    const isCount = words.length === 1 && /^\d+$/.test(words[0].text) && n > 0;
    if (!isCount)
      throw this.#error(`expected the number of taxa alone, got ${excerpt(this.#lines[this.#at - 1].trim())}`);
    if (n > this.#lines.length) throw this.#error(`expected ${n} taxa, but the file has ${this.#lines.length} lines`);
    return n;
  }

  /** The name of a row and the numbers of its first line. */
  #beginRow(what: string): { name: string; words: Word[] } {
    const line = this.#nextLine(what);
    if (this.#isStrict) {
      const words = this.#wordsOf(line, 10);
      return { name: line.slice(0, 10).trim(), words };
    }
    const words = this.#wordsOf(line);
    const first = words.findIndex(({ text }, i) => i > 0 && NUMBER.test(text));
    const count = first < 0 ? words.length : first;
    const name = words.slice(0, count).map(({ text }) => text).join(' '); // prettier-ignore
    return { name, words: words.slice(count) };
  }

  /** A row's numbers, from as many lines as it takes. */
  #finishRow(words: Word[], width: number, name: string): Word[] {
    while (words.length < width) words.push(...this.#wordsOf(this.#nextLine(`${width} distances of ${excerpt(name)}`)));
    const bad = words.find(({ text }) => !NUMBER.test(text) || !Number.isFinite(Number(text)));
    if (bad) throw this.#error(`expected a distance of ${excerpt(name)}, got ${excerpt(bad.text)}`, bad);
    if (words.length > width) {
      throw this.#error(`expected ${width} distances of ${excerpt(name)}, got ${words.length}`, words[width]);
    }
    return words;
  }

  /** The rows as a whole matrix. What is told twice must be the same, up to the last digits printed. */
  #matrix(rows: readonly Word[][]): Float64Array {
    const n = rows.length;
    const values = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i && j < rows[i].length; j++) {
        const told = Number(rows[i][j].text);
        const expected = i === j ? 0 : Number(rows[j][i]?.text ?? told);
        if (Math.abs(told - expected) > 1e-6 * Math.abs(expected))
          throw this.#contradiction(rows[i][j], expected, i === j);
        values[i * n + j] = values[j * n + i] = expected;
      }
    }
    return values;
  }

  #contradiction(word: Word, expected: number, isDiagonal: boolean): FormatError {
    const why = isDiagonal ? 'the distance to itself' : 'as the other way round';
    return this.#error(`expected ${expected}, ${why}, got ${excerpt(word.text)}`, word);
  }

  #expectEnd(n: number): void {
    while (this.#at < this.#lines.length && this.#lines[this.#at].trim() === '') this.#at++;
    if (this.#at >= this.#lines.length) return;
    const [word] = this.#wordsOf(this.#lines[this.#at++]);
    throw this.#error(`expected the end of the file after ${n} rows, got ${excerpt(word.text)}`, word);
  }

  /** The next line that is not blank. */
  #nextLine(wanted: string): string {
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at++];
      if (line.trim() !== '') return line;
    }
    throw this.#error(`expected ${wanted}, got the end of the file`);
  }

  /** The words of the line read last, from a column on (counted from 0). */
  #wordsOf(text: string, from = 0): Word[] {
    const matches = text.slice(from).matchAll(/\S+/g);
    return Array.from(matches, ({ 0: word, index }) => ({ text: word, line: this.#at, column: from + index + 1 }));
  }

  #error(message: string, { line, column }: { line: number; column?: number } = { line: this.#at }): FormatError {
    return new FormatError({ source: this.#source, line, ...(column !== undefined && { column }) }, message);
  }
}

/**
 * The matrix as PHYLIP text with whole rows, numbers in full. In the strict form names are cut to ten columns, in the
 * relaxed one they are written as they are.
 * @throws RangeError for a name that would not be read back: relaxed, one that is empty or has a number after its first
 * word; strict, two that are equal once cut
 */
export function writePhylipDistances(
  { names, values }: DistanceMatrix,
  { names: form = 'relaxed' }: { names?: 'relaxed' | 'strict' } = {},
): string {
  const n = names.length;
  const labels = form === 'strict' ? strictNames(names) : relaxedNames(names);
  const rows = labels.map((label, i) => `${label} ${values.slice(i * n, (i + 1) * n).join(' ')}`);
  return `${[String(n), ...rows].join('\n')}\n`;
}

function strictNames(names: readonly string[]): string[] {
  const cut = names.map((name) => name.slice(0, 10).trim());
  const at = cut.findIndex((name, i) => cut.indexOf(name) < i);
  if (at >= 0) throw new RangeError(`writePhylipDistances: ${excerpt(names[at])} cut to ten columns occurs twice`);
  cut.forEach((name) => checkName(/^[^\r\n]+$/.test(name), name));
  return cut.map((name) => name.padEnd(10));
}

function relaxedNames(names: readonly string[]): readonly string[] {
  for (const name of names) {
    const isPlain = name === name.trim().replace(/\s+/g, ' ') && name !== '';
    checkName(isPlain && !name.split(' ').slice(1).some((word) => NUMBER.test(word)), name); // prettier-ignore
  }
  return names;
}

function checkName(isReadable: boolean, name: string): void {
  if (!isReadable) throw new RangeError(`writePhylipDistances: ${excerpt(name)} would not be read back`);
}

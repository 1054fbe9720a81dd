import { excerpt } from '../../formats/format-error';
import type { ReadOptions } from '../../formats/input';
import { wholeReader } from '../../formats/whole-reader';
import type { WholeReader } from '../../formats/whole-reader';
import type { Motif } from '../motif';
import { sum } from '../pwm';
import { motifFrom } from './from-matrix';
import { LineCursor } from './line-cursor';
import { toCounts, wordsOf } from './words';

/** What a reader of JASPAR's files can be told. */
export interface ReadJasparOptions extends ReadOptions {
  /**
   * What a row without a letter is, where four rows of four numbers could be either. Unless said, they are positions if
   * each sums to the same.
   */
  readonly rows?: 'positions' | 'letters';
}

/**
 * The motifs of a JASPAR text, in any of its forms: after `>MA0139.1 CTCF` a row for each position (A C G T), or a row for
 * each letter, plain or as `A [ 87 167 … ]`; or such rows of one motif alone, without a name. Counts or frequencies; '#'
 * begins a comment line.
 * @throws FormatError
 */
export const readJaspar: WholeReader<Motif[], ReadJasparOptions> = /* @__PURE__ */ wholeReader(parseJaspar);

function parseJaspar(text: string, options: ReadJasparOptions): Motif[] {
  const cursor = new LineCursor(text, options);
  const blocks = blocksOf(cursor);
  if (blocks.length === 0) throw cursor.error("no motif found: expected a line that begins with '>'", { line: 0 });
  return blocks.map((block) => toMotif(block, cursor, options));
}

interface Row {
  readonly line: number;
  readonly letter: string; // '' in a row without one
  readonly numbers: number[];
}

interface Block {
  readonly header: string;
  readonly line: number;
  readonly rows: Row[];
}

function blocksOf(cursor: LineCursor): Block[] {
  const blocks: Block[] = [];
  for (let line = cursor.next(); line !== undefined; line = cursor.next()) {
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    if (content.startsWith('>')) blocks.push({ header: content.slice(1).trim(), line: cursor.number, rows: [] });
    else if (blocks.length > 0 || /^[\d.ACGTU]/i.test(content)) rowsOf(blocks, cursor).push(toRow(line, cursor));
    else throw cursor.error(`expected a line that begins with '>', or numbers, got ${excerpt(content)}`);
  }
  return blocks;
}

/** The rows of the last motif; of one without a name where none has begun. */
function rowsOf(blocks: Block[], { number }: LineCursor): Row[] {
  if (blocks.length === 0) blocks.push({ header: '', line: number, rows: [] });
  return blocks[blocks.length - 1].rows;
}

const LETTER = /\s*([ACGTU])(?![\w.])\s*[|:]?\s*/iy;

/** `A [ 87 167 ]`, `A | 87 167`, `A 87 167` or `87 167`. */
function toRow(line: string, cursor: LineCursor): Row {
  LETTER.lastIndex = 0;
  const letter = LETTER.exec(line)?.[1] ?? '';
  const begin = letter === '' ? 0 : LETTER.lastIndex;
  const end = line.trimEnd().length;
  const isBracketed = line[begin] === '[';
  if (isBracketed && line[end - 1] !== ']')
    throw cursor.error("expected ']' at the end of the row", { column: Math.max(1, end) });
  const words = isBracketed ? wordsOf(line, begin + 2, end) : wordsOf(line, begin + 1);
  if (words.length === 0) throw cursor.error(`expected numbers, got ${excerpt(line.trim())}`);
  return { line: cursor.number, letter: letter.toUpperCase().replace('U', 'T'), numbers: toCounts(words, cursor) };
}

function toMotif({ header, line, rows }: Block, cursor: LineCursor, options: ReadJasparOptions): Motif {
  const fail = (message: string, at = line) =>
    cursor.error(`motif ${header === '' ? 'without a name' : excerpt(header)}: ${message}`, { line: at });
  if (rows.length === 0) throw fail('no matrix');
  const odd = rows.find((row) => row.numbers.length !== rows[0].numbers.length);
  if (odd) throw fail(`expected ${rows[0].numbers.length} numbers, got ${odd.numbers.length}`, odd.line);
  const matrix = byPosition(rows, options);
  if (!matrix) throw fail('expected a row of four for each position, or a row for each of A, C, G, T');
  return motifFrom(namesOf(header), matrix, fail);
}

/** [position][letter], or undefined if the rows are neither positions nor letters. */
function byPosition(rows: readonly Row[], options: ReadJasparOptions): number[][] | undefined {
  const width = rows[0].numbers.length;
  if (rows.some((row) => row.letter !== '')) {
    const ordered = [...'ACGT'].map((letter) => rows.find((row) => row.letter === letter));
    return rows.length === 4 && ordered.every((row) => row !== undefined) ? transpose(ordered) : undefined;
  }
  const arePositions = rows.length !== 4 || (options.rows ?? guess(rows)) === 'positions';
  if (width === 4 && arePositions) return rows.map((row) => row.numbers);
  return rows.length === 4 ? transpose(rows) : undefined;
}

function transpose(rows: readonly Row[]): number[][] {
  return rows[0].numbers.map((_, position) => rows.map((row) => row.numbers[position]));
}

function guess(rows: readonly Row[]): 'positions' | 'letters' {
  const sums = rows.map(({ numbers }) => sum(numbers));
  return Math.max(...sums) - Math.min(...sums) <= 0.01 * Math.max(...sums) ? 'positions' : 'letters';
}

/** `MA0139.1 CTCF`, `MA0139.1_CTCF` and `MA0139.1_MA0139.1.CTCF` are all MA0139.1, CTCF. */
function namesOf(header: string): { id: string; name: string } {
  const [, id, name] = /^(MA\d+\.\d+)_(?:\1\.)?(\S+)$/.exec(header) ?? /^(\S*)\s*(.*)$/.exec(header)!;
  return { id, name };
}

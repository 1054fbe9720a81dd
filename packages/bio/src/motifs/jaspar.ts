import { excerpt, FormatError } from '../formats/format-error';
import type { ReadOptions } from '../formats/input';
import type { Motif } from './motif';
import { toProbabilities } from './pwm';

/**
 * The motifs of a JASPAR text, in any of its forms: after `>MA0139.1 CTCF` a row for each position (A C G T), or a row for
 * each letter, plain or as `A [ 87 167 … ]`. Counts or frequencies; '#' begins a comment line.
 * Four rows of four numbers could be either: they are positions if each sums to the same.
 * @throws FormatError
 */
export function readJaspar(text: string, { source }: ReadOptions = {}): Motif[] {
  const blocks = blocksOf(text, source);
  if (blocks.length === 0) throw new FormatError({ source }, "no motif found: expected a line that begins with '>'");
  return blocks.map((block) => toMotif(block, source));
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

function blocksOf(text: string, source?: string): Block[] {
  const blocks: Block[] = [];
  text.split(/\r\n?|\n/).forEach((raw, i) => {
    const content = raw.replace(/^\uFEFF/, '').trim();
    if (content === '' || content.startsWith('#')) return;
    const block = blocks.at(-1);
    if (content.startsWith('>')) blocks.push({ header: content.slice(1).trim(), line: i + 1, rows: [] });
    else if (block) block.rows.push(toRow(content, i + 1, source));
    else
      throw new FormatError({ source, line: i + 1 }, `expected a line that begins with '>', got ${excerpt(content)}`);
  });
  return blocks;
}

const LETTER_ROW = /^([ACGTU])\s*[|:]?\s*\[?\s*([^\]]*?)\s*\]?$/i;

function toRow(content: string, line: number, source?: string): Row {
  const [, letter = '', rest = content] = LETTER_ROW.exec(content) ?? [];
  const numbers = rest.split(/[\s,]+/).map(Number);
  if (rest === '' || !numbers.every((number) => number >= 0 && Number.isFinite(number))) {
    throw new FormatError({ source, line }, `expected numbers of at least 0, got ${excerpt(content)}`);
  }
  return { line, letter: letter.toUpperCase().replace('U', 'T'), numbers };
}

function toMotif({ header, line, rows }: Block, source?: string): Motif {
  const fail = (message: string, at = line) =>
    new FormatError({ source, line: at }, `motif ${excerpt(header)}: ${message}`);
  if (rows.length === 0) throw fail('no matrix');
  const odd = rows.find((row) => row.numbers.length !== rows[0].numbers.length);
  if (odd) throw fail(`expected ${rows[0].numbers.length} numbers, got ${odd.numbers.length}`, odd.line);
  const matrix = byPosition(rows);
  if (!matrix) throw fail('expected a row of four for each position, or a row for each of A, C, G, T');
  const totals = matrix.map((row) => row.reduce((total, count) => total + count, 0));
  const empty = totals.indexOf(0);
  if (empty >= 0) throw fail(`position ${empty + 1} has no counts`);
  const probabilities = toProbabilities(matrix, { pseudocount: 0 });
  if (totals.every((total) => Math.abs(total - 1) < 0.05)) return { ...nameOf(header), probabilities };
  return { ...nameOf(header), probabilities, counts: matrix, sites: Math.round(Math.max(...totals)) };
}

/** [position][letter], or undefined if the rows are neither positions nor letters. */
function byPosition(rows: Row[]): number[][] | undefined {
  const width = rows[0].numbers.length;
  if (rows.some((row) => row.letter !== '')) {
    const ordered = [...'ACGT'].map((letter) => rows.find((row) => row.letter === letter));
    return rows.length === 4 && ordered.every((row) => row !== undefined) ? transpose(ordered) : undefined;
  }
  if (width === 4 && (rows.length !== 4 || haveEqualSums(rows))) return rows.map((row) => row.numbers);
  return rows.length === 4 ? transpose(rows) : undefined;
}

function transpose(rows: readonly Row[]): number[][] {
  return rows[0].numbers.map((_, position) => rows.map((row) => row.numbers[position]));
}

function haveEqualSums(rows: readonly Row[]): boolean {
  const sums = rows.map(({ numbers }) => numbers.reduce((total, count) => total + count, 0));
  return Math.max(...sums) - Math.min(...sums) <= 0.01 * Math.max(...sums);
}

/** `MA0139.1 CTCF`, `MA0139.1_CTCF` and `MA0139.1_MA0139.1.CTCF` are all MA0139.1, CTCF. */
function nameOf(header: string): { id: string; name: string } {
  const [, id, name] = /^(MA\d+\.\d+)_(?:\1\.)?(\S+)$/.exec(header) ?? /^(\S*)\s*(.*)$/.exec(header)!;
  return { id, name };
}

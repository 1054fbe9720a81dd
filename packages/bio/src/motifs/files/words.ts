import { excerpt } from '../../formats/format-error';
import type { LineCursor } from './line-cursor';

/** A word of a line, and the column at which it begins, from 1. */
export interface Word {
  readonly text: string;
  readonly column: number;
}

/** What stands between blanks (and commas) from column `from` to before column `to`. */
export function wordsOf(line: string, from = 1, to = line.length + 1): Word[] {
  const words = line.slice(from - 1, to - 1).matchAll(/[^\s,]+/g);
  return Array.from(words, ({ 0: text, index }) => ({ text, column: from + index }));
}

const DECIMAL = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** A plain decimal number as it stands in a file; undefined for anything else, `0x10` and `Infinity` included. */
export function toNumber(text: string): number | undefined {
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Words as counts or frequencies. */
export function toCounts(words: readonly Word[], cursor: LineCursor): number[] {
  return words.map(({ text, column }) => {
    const number = toNumber(text);
    if (number === undefined || number < 0)
      throw cursor.error(`expected a number of at least 0, got ${excerpt(text)}`, { column });
    return number;
  });
}

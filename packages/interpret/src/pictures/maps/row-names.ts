import { element, label } from '../svg';
import { fitText, textWidth } from '../text-width';

const SIZE = 10; // px

/** Where the rows of a map lie. */
export interface RowLayout {
  count: number;
  /** Names; without them, or without room for them, the rows are numbered. */
  names?: readonly string[];
  /** Number of the first row; 0 unless said. */
  first?: number;
  /** Right end of the names. */
  x: number;
  y: number;
  cellHeight: number;
}

/** 1, 2, 5, 10, 20, 50 and so on. */
const STEPS = Array.from({ length: 20 }, (_, i) => 10 ** Math.floor(i / 3) * [1, 2, 5][i % 3]);

const MOST = 160; // px: longer names are cut

/** Names at the left of the rows, or numbers at as many of them as have room. */
export function rowNames({ count, names, first = 0, x, y, cellHeight }: RowLayout): { width: number; markup: string } {
  const texts =
    names && cellHeight >= SIZE ? names.map((name) => fitText(name, MOST, SIZE)) : numbers(count, first, cellHeight);
  const labels = texts.map((text, i) => {
    const place = { x: x - 6, y: y + (i + 0.5) * cellHeight, 'dominant-baseline': 'central' };
    return text ? label(text, place) : '';
  });
  return {
    width: 6 + Math.max(0, ...texts.map((text) => textWidth(text, SIZE))),
    markup: element('g', { 'text-anchor': 'end', 'font-size': SIZE, 'fill-opacity': 0.8 }, ...labels),
  };
}

function numbers(count: number, first: number, cellHeight: number): string[] {
  const step = STEPS.find((s) => s * cellHeight >= SIZE + 3) ?? STEPS.at(-1)!;
  return Array.from({ length: count }, (_, i) => ((first + i) % step === 0 ? String(first + i) : ''));
}

import { letterColumnStrip, letterStrip } from './letter-strip';
import { positionNumbers } from '../position-numbers';
import { rowNames } from './row-names';
import { element, label, round } from '../svg';
import { fitText, textWidth } from '../text-width';

/** The axis of an attention map: letters with numbers, words, or numbers alone. */
export interface TokenAxis {
  /** Pixels from the first cell to the last. */
  length: number;
  /** The smallest cell that its names can be read at. */
  least: number;
  /** Room that it takes at the left, above or below a map. */
  room: number;
  above: number;
  below: number;
  /** Drawn as rows: the map begins at x, y. */
  atLeft(x: number, y: number): string;
  /** Drawn as columns: the map begins at x and goes from top to bottom. */
  around(x: number, top: number, bottom: number): string;
  /** A token in words. */
  say(index: number): string;
}

const SIZE = 10; // px
const STRIP = 8; // px
const LONGEST = 120; // px: longer names are cut

/** @throws RangeError for another number of names than tokens */
export function tokenAxis(
  what: string,
  count: number,
  tokens?: string | readonly string[],
  { cell = 1, firstPosition = 1 } = {},
): TokenAxis {
  const names = tokens === undefined ? undefined : [...tokens];
  if (names && names.length !== count)
    throw new RangeError(`attentionMap: expected ${count} names of ${what}, got ${names.length}`);
  const say = (index: number) => `${index + firstPosition}${names ? ` (${names[index]})` : ''}`;
  const shared = { length: count * cell, say };
  if (names && names.some((name) => !/^[A-Z*-]$/i.test(name)))
    return { ...shared, ...words(names, cell, firstPosition) };
  return { ...shared, ...letters(count, cell, firstPosition, names?.join('')) };
}

function words(names: readonly string[], cell: number, first: number): Omit<TokenAxis, 'length' | 'say'> {
  const texts = names.map((name) => fitText(name, LONGEST, SIZE));
  const longest = Math.max(...texts.map((text) => textWidth(text, SIZE)));
  const row = (x: number, y: number) => rowNames({ count: texts.length, names: texts, first, x, y, cellHeight: cell });
  return {
    least: SIZE + 2,
    room: longest + 10,
    above: cell >= SIZE ? longest + 4 : 0,
    below: 0,
    atLeft: (x, y) => row(x, y).markup,
    around: (x, top) => (cell >= SIZE ? upright(texts, cell, x, top) : ''),
  };
}

/** Words that read from bottom to top, above their columns. */
function upright(texts: readonly string[], cell: number, x: number, bottom: number): string {
  const labels = texts.map((text, i) =>
    label(text, {
      transform: `translate(${round(x + (i + 0.5) * cell)} ${round(bottom - 5)}) rotate(-90)`,
      'dominant-baseline': 'central',
    }),
  );
  return element('g', { 'font-size': SIZE, 'fill-opacity': 0.8 }, ...labels);
}

function letters(count: number, cell: number, first: number, sequence?: string): Omit<TokenAxis, 'length' | 'say'> {
  const strip = sequence ? STRIP + 3 : 0;
  const length = count * cell;
  const numbers = (x: number, y: number) => rowNames({ count, first, x, y, cellHeight: cell });
  return {
    least: sequence ? 5 : 1,
    room: numbers(0, 0).width + strip + 4,
    above: 0,
    below: strip + 18,
    atLeft: (x, y) =>
      (sequence ? letterColumnStrip(sequence, { x: x - 3 - STRIP, y, width: STRIP, height: length }) : '') +
      numbers(x - strip, y).markup,
    around: (x, _top, bottom) =>
      (sequence ? letterStrip(sequence, { x, y: bottom + 3, width: length, height: STRIP }) : '') +
      positionNumbers({ count, first, x, columnWidth: cell, y: bottom + strip + 14 }).markup,
  };
}

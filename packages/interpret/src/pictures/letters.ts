import { glyph } from './glyphs';
import { aminoAcidColours, grey, nucleotideColours } from './palette';
import { element, round } from './svg';

/** Colour of each letter. */
export type LetterColours = Readonly<Record<string, string>>;

const LEAST = 0.2; // px: what is lower cannot be seen and is not drawn

/** Colours by the size of the alphabet: up to five letters are nucleotides, more are amino acids. */
export function coloursOf(letters: string): LetterColours {
  return letters.length > 5 ? aminoAcidColours : nucleotideColours;
}

/** A letter of a column and where it lies, in the unit of the heights. */
interface Piece {
  letter: string;
  value: number;
  from: number;
  to: number;
}

/** How a column of letters is drawn. */
export interface ColumnLayout {
  letters: string;
  colours: LetterColours;
  /** Left edge and width of the column in pixels. */
  x: number;
  width: number;
  /** Where a height lies, in pixels. */
  y: (height: number) => number;
  /** Whether negative letters stand on their heads. */
  isFlipped: boolean;
}

/** The letters of one position, stacked by their heights. */
export function letterColumn(
  row: readonly number[],
  { letters, colours, x, width, y, isFlipped }: ColumnLayout,
): string {
  const paths = stack(row, letters).map(({ letter, value, from, to }) => {
    const [top, height] = [y(to), y(from) - y(to)];
    if (height < LEAST) return '';
    return letterShape(letter, {
      x,
      y: top,
      width,
      height,
      colour: colours[letter],
      isFlipped: isFlipped && value < 0,
    });
  });
  return paths.join('');
}

/** Where a letter fills its box; a twenty-fifth of the width stays white at either side. */
export interface LetterBox {
  x: number;
  y: number;
  width: number;
  height: number;
  colour?: string;
  /** Whether it stands on its head. */
  isFlipped?: boolean;
}

/** A capital letter as a shape. */
export function letterShape(letter: string, { x, y, width, height, colour = grey, isFlipped }: LetterBox): string {
  const gap = 0.04 * width;
  const stretch = ((width - 2 * gap) / 100).toFixed(4);
  const tall = `${isFlipped ? '-' : ''}${(height / 100).toFixed(6)}`;
  const transform = `translate(${round(x + gap)} ${round(isFlipped ? y + height : y)}) scale(${stretch} ${tall})`;
  return element('path', { d: glyph(letter), transform, fill: colour });
}

/** Where each letter of a column lies: from the axis outwards, the smallest first, apart for either sign. */
function stack(row: readonly number[], letters: string): Piece[] {
  const order = [...letters].map((letter, i) => ({ letter, value: row[i] }));
  order.sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
  let [above, below] = [0, 0];
  return order.map(({ letter, value }) => {
    if (value < 0) return { letter, value, to: below, from: (below += value) };
    return { letter, value, from: above, to: (above += value) };
  });
}

import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Matrix } from '../motifs/matrix';
import { leftAxis, line } from './axes';
import { glyph } from './glyphs';
import { aminoAcidColours, grey, nucleotideColours } from './palette';
import { element, label, picture, round } from './svg';

/** Options of `logo`; sizes in pixels. */
export interface LogoOptions {
  /** Letters of the columns of the matrix; ACGT unless said. */
  letters?: string;
  /** Colour of each letter; nucleotides or amino acids by `letters` unless said. */
  colours?: Readonly<Record<string, string>>;
  /** Unit of the heights, written above the axis; bits unless said. */
  unit?: string;
  /** Lowest and highest value of the axis; what the letters reach, 0 included, unless said. */
  domain?: readonly [number, number];
  /** Number of the first position; 1 unless said. */
  firstPosition?: number;
  columnWidth?: number;
  /** Height of the axis. */
  plotHeight?: number;
  /** What the picture is; "Sequence logo of …" unless said. */
  title?: string;
  /** What it shows; the tallest letter of each position unless said. */
  description?: string;
}

const margin = { top: 22, right: 6, bottom: 20, left: 34 };
const LEAST = 0.2; // px: what is lower cannot be seen and is not drawn

/**
 * A sequence logo as SVG: letters stacked by their heights, the tallest farthest from the axis, negative ones below it.
 * The heights come from `informationHeights`, `probabilities`, or are signed contributions.
 * @param heights one row per position, one column per letter
 */
export function logo(heights: Matrix, options: LogoOptions = {}): string {
  const { letters = 'ACGT', columnWidth = 22, plotHeight = 96, firstPosition = 1 } = options;
  checkHeights(heights, letters);
  const y = scaleLinear(options.domain ?? reach(heights), [margin.top + plotHeight, margin.top]);
  const right = margin.left + heights.length * columnWidth;
  const colours = options.colours ?? (letters.length > 5 ? aminoAcidColours : nucleotideColours);
  return picture(
    {
      width: right + margin.right,
      height: margin.top + plotHeight + margin.bottom,
      title: options.title ?? `Sequence logo of ${heights.length} positions`,
      description: options.description ?? `The tallest letters are ${tallest(heights, letters)}.`,
    },
    leftAxis(y, { x: margin.left, name: options.unit ?? 'bits', count: 2 }),
    ...heights.map((row, i) => column(stack(row, letters), y, margin.left + i * columnWidth, columnWidth, colours)),
    line(margin.left, y(0), right, y(0), 0.5),
    positions(heights.length, firstPosition, columnWidth, y.range()[0] + 15),
  );
}

type Colours = Readonly<Record<string, string>>;

/** A letter of a column and where it lies, in the unit of the heights. */
interface Piece {
  letter: string;
  from: number;
  to: number;
}

function column(pieces: Piece[], y: ScaleLinear<number, number>, x: number, width: number, colours: Colours): string {
  const gap = 0.04 * width; // half of the white between two columns
  const stretch = ((width - 2 * gap) / 100).toFixed(4);
  const paths = pieces.map(({ letter, from, to }) => {
    const [top, height] = [y(to), y(from) - y(to)];
    if (height < LEAST) return '';
    const transform = `translate(${round(x + gap)} ${round(top)}) scale(${stretch} ${(height / 100).toFixed(6)})`;
    return element('path', { d: glyph(letter), transform, fill: colours[letter] ?? grey });
  });
  return paths.join('');
}

/** Where each letter of a column lies: from the axis outwards, the smallest first, apart for either sign. */
function stack(row: readonly number[], letters: string): Piece[] {
  const order = [...letters].map((letter, i) => ({ letter, value: row[i] }));
  order.sort((a, b) => Math.abs(a.value) - Math.abs(b.value));
  let [above, below] = [0, 0];
  return order.map(({ letter, value }) => {
    if (value < 0) return { letter, to: below, from: (below += value) };
    return { letter, from: above, to: (above += value) };
  });
}

/** The lowest and the highest end of the stacks; 0 … 1 where there is nothing to see. */
function reach(heights: Matrix): [number, number] {
  const sums = (sign: number) => heights.map((row) => row.reduce((sum, h) => sum + Math.max(0, sign * h), 0));
  const [low, high] = [Math.max(0, ...sums(-1)), Math.max(0, ...sums(1))];
  return low === 0 && high === 0 ? [0, 1] : [-low, high];
}

/** Numbers under the columns, as many as have room: all, or every fifth, tenth, fiftieth. */
function positions(count: number, first: number, columnWidth: number, y: number): string {
  const room = 7 * String(first + count).length + 4; // px for the widest number
  const step = [1, 5, 10, 50, 100, 500].find((s) => s * columnWidth >= room) ?? 1000;
  const numbers = Array.from({ length: count }, (_, i) => first + i)
    .filter((number, i) => number % step === 0 || (i === 0 && number % step === 1))
    .map((number) => label(String(number), { x: margin.left + (number - first + 0.5) * columnWidth, y }));
  return element('g', { 'text-anchor': 'middle', 'font-size': 10, 'fill-opacity': 0.75 }, ...numbers);
}

/** The tallest letter of each column, above or below the axis; a dash where there is none. */
function tallest(heights: Matrix, letters: string): string {
  return heights
    .map((row) => row.map(Math.abs))
    .map((sizes) => (Math.max(...sizes) > 0 ? letters[sizes.indexOf(Math.max(...sizes))] : '-'))
    .join('');
}

function checkHeights(heights: Matrix, letters: string): void {
  const wrong = heights.findIndex((row) => row.length !== letters.length || !row.every(Number.isFinite));
  if (wrong >= 0) {
    const got = `[${heights[wrong].join(', ')}]`;
    throw new RangeError(`logo: expected a finite height for each of ${letters} at position ${wrong}, got ${got}`);
  }
}

import { scaleLinear } from 'd3-scale';
import type { Matrix } from '../motifs/matrix';
import { axisWidth, leftAxis, line, tickCount } from './axes';
import { type Highlight, highlightNames, highlightShades, layHighlights } from './highlights';
import { reach } from './letter-heights';
import { coloursOf, letterColumn, type LetterColours } from './letters';
import { positionNumbers } from './position-numbers';
import { textWidth } from './text-width';

/** How letters are drawn; sizes in pixels. */
export interface LetterOptions {
  /** Letters of the columns of the matrix; ACGT unless said. */
  letters?: string;
  /** Colour of each letter; nucleotides or amino acids by `letters` unless said. */
  colours?: LetterColours;
  /** Unit of the heights, written above the axis; bits unless said. */
  unit?: string;
  /** Lowest and highest value of the axis, with room for all letters; what they reach, 0 included, unless said. */
  domain?: readonly [number, number];
  /** Whether letters below the axis stand `upright`, the default, or `flipped` on their heads, as Logomaker draws them. */
  negative?: 'upright' | 'flipped';
  /** Number of the first position; 1 unless said. */
  firstPosition?: number;
  columnWidth?: number;
  /** Height of the axis. */
  plotHeight?: number;
  /** Stretches shaded behind the letters and named above them. */
  highlights?: readonly Highlight[];
}

/** A part of a picture and the room that it takes. */
export interface Plot {
  width: number;
  height: number;
  markup: string;
}

const margin = { top: 22, right: 6, bottom: 20, left: 34 };

/** Where the axis of some letters stands: farther right where its numbers are long. */
export function letterAxisLeft(domain: readonly [number, number], plotHeight: number): number {
  const scale = scaleLinear(domain, [plotHeight, 0]);
  return Math.max(margin.left, axisWidth(scale, tickCount(scale)));
}

/** One row of letters with its axes, its corner at 0, 0. The heights are trusted. */
export function logoPlot(where: string, heights: Matrix, options: LetterOptions): Plot {
  const { letters = 'ACGT', columnWidth = 22, plotHeight = 96, unit = 'bits', highlights = [] } = options;
  const domain = options.domain ?? reach(heights);
  const left = letterAxisLeft(domain, plotHeight);
  const right = left + heights.length * columnWidth;
  const laid = layHighlights(where, highlights, heights.length, (position) => left + position * columnWidth);
  const top = margin.top + (laid.height > 0 ? laid.height + 4 : 0);
  const y = scaleLinear(domain, [top + plotHeight, top]);
  const layout = { letters, colours: options.colours ?? coloursOf(letters), width: columnWidth, y };
  const isFlipped = options.negative === 'flipped';
  const numbers = positionNumbers({
    count: heights.length,
    first: options.firstPosition ?? 1,
    x: left,
    columnWidth,
    y: top + plotHeight + 15,
  });
  const markup = [
    highlightShades(laid, top, top + plotHeight),
    leftAxis(y, { x: left, name: unit, count: tickCount(y), nameY: margin.top - 12 }),
    ...heights.map((row, i) => letterColumn(row, { ...layout, x: left + i * columnWidth, isFlipped })),
    line(left, y(0), right, y(0), 0.5),
    highlightNames(laid, top - 2),
    numbers.markup,
  ].join('');
  const width = Math.max(right + margin.right, numbers.right + 2, left + textWidth(unit));
  return { width, height: top + plotHeight + margin.bottom, markup };
}

import type { Matrix } from '../../motifs/matrix';
import { cells } from './cells';
import { colourBar } from './colour-bar';
import { type ColourScale, colourScale } from './colour-scale';
import { frame } from '../frame';
import { extremes, type Grid, gridOf, type NumberArray, transpose } from '../grid';
import { describeHighlights, type Highlight, highlightEdges, highlightNames, layHighlights } from '../highlights';
import { letterColumnStrip } from './letter-strip';
import { coloursOf } from '../letters';
import { sequenceAxis } from './sequence-axis';
import { element, picture } from '../svg';
import { formatNumber } from '../words';

/** Options of `mutagenesisMap`; sizes in pixels. */
export interface MutagenesisMapOptions {
  /** Letters of the columns of the table; ACGT unless said. */
  readonly letters?: string;
  /** What the colours mean, written over them; "effect" unless said. */
  readonly unit?: string;
  /** Effect at the end of the colours, on either side of 0; the strongest unless said. */
  readonly bound?: number;
  /** Number of the first position; 1 unless said. */
  readonly firstPosition?: number;
  /** Stretches to point out, with dashed lines through the map. */
  readonly highlights?: readonly Highlight[];
  /** Unless said what gives about 1000 of width, 1 at least and 16 at most. */
  readonly cellWidth?: number;
  /** 16 for up to five letters, 11 for more, unless said. */
  readonly cellHeight?: number;
  readonly title?: string;
  readonly description?: string;
}

const LEFT = 24; // px: room for the letters of the rows

/**
 * The effect of every substitution as a map: letters from top to bottom, positions from left to right, blue below 0 and
 * orange above. A dot marks the letter of the sequence, which stands below too.
 * @param effects positions × letters: the prediction with that letter less the prediction of the sequence itself
 * @param sequence the letters that were there
 * @throws RangeError for another number of letters or positions, or numbers that are not finite
 */
export function mutagenesisMap(
  effects: NumberArray | Matrix,
  sequence: string,
  options: MutagenesisMapOptions = {},
): string {
  const { letters = 'ACGT', unit = 'effect', firstPosition = 1, highlights = [] } = options;
  const grid = transpose(gridOf('mutagenesisMap', effects));
  checkShape(grid, sequence, letters);
  const [rows, count] = grid.shape;
  const cellWidth = options.cellWidth ?? Math.min(16, Math.max(1, Math.floor(1000 / count)));
  const cellHeight = options.cellHeight ?? (rows > 5 ? 11 : 16);
  const x = (position: number) => LEFT + position * cellWidth;
  const laid = layHighlights('mutagenesisMap', highlights, count, x);
  const box = { x: LEFT, y: 24 + laid.height, width: count * cellWidth, height: rows * cellHeight };
  const bottom = box.y + box.height;
  const scale = scaleOf(grid, options.bound);
  const place = { x: box.x + box.width + 16, y: box.y, height: Math.max(48, box.height) };
  const bar = colourBar(scale, { ...place, name: unit });
  const colours = coloursOf(letters);
  const axis = sequenceAxis({
    sequence,
    colours,
    count,
    first: firstPosition,
    x: LEFT,
    columnWidth: cellWidth,
    y: bottom,
  });
  return picture(
    {
      width: Math.max(axis.right, place.x + bar.width) + 8,
      height: Math.max(axis.bottom, place.y + place.height + 8),
      title: options.title ?? `Effects of substitutions at ${count} positions`,
      description:
        options.description ??
        describe(grid, sequence, letters, firstPosition) + describeHighlights(highlights, firstPosition),
    },
    cells(grid, scale, box),
    frame(box),
    letterColumnStrip(letters, { x: LEFT - 16, y: box.y, width: 10, height: box.height }, colours),
    references(sequence, letters, { x, y: box.y, cellWidth, cellHeight }),
    highlightEdges(laid, box.y, bottom),
    highlightNames(laid, box.y),
    bar.markup,
    axis.markup,
  );
}

function scaleOf({ data }: Grid, bound = Math.max(...extremes(data).map(Math.abs))): ColourScale {
  return colourScale('mutagenesisMap', [-bound, bound], { scale: 'diverging', domain: [-bound, bound] });
}

/** Dots, as pieces of a line without length whose ends are round. */
function references(
  sequence: string,
  letters: string,
  {
    x,
    y,
    cellWidth,
    cellHeight,
  }: { x: (position: number) => number; y: number; cellWidth: number; cellHeight: number },
): string {
  const dots = [...sequence.toUpperCase()].map((letter, i) => {
    const row = letters.indexOf(letter);
    return row < 0 ? '' : `M${(x(i) + cellWidth / 2).toFixed(1)} ${y + (row + 0.5) * cellHeight}h0`;
  });
  const size = Math.min(5, 0.5 * Math.min(cellWidth, cellHeight));
  const pen = { stroke: 'currentColor', 'stroke-opacity': 0.7, 'stroke-width': size, 'stroke-linecap': 'round' };
  return element('path', { d: dots.join(''), fill: 'none', ...pen });
}

function checkShape({ shape: [rows, positions] }: Grid, sequence: string, letters: string): void {
  if (rows !== letters.length)
    throw new RangeError(
      `mutagenesisMap: expected an effect for each of ${letters} at a position, got ${rows} effects`,
    );
  if (positions !== sequence.length)
    throw new RangeError(`mutagenesisMap: expected a sequence of ${positions} letters, got ${sequence.length}`);
}

function describe({ data, shape }: Grid, sequence: string, letters: string, firstPosition: number): string {
  const [low, high] = extremes(data);
  const substitution = (value: number) => {
    const at = Array.prototype.indexOf.call(data, value);
    const position = at % shape[1];
    const change = `${sequence[position]} to ${letters[Math.floor(at / shape[1])]}`;
    return `${formatNumber(value)}, by ${change} at ${position + firstPosition}`;
  };
  if (low === 0 && high === 0) return 'No substitution has an effect.';
  const parts = [
    ...(low < 0 ? [`lowest is ${substitution(low)}`] : []),
    ...(high > 0 ? [`highest is ${substitution(high)}`] : []),
  ];
  return `Of all effects the ${parts.join('; the ')}.`;
}

import type { Matrix } from '../../motifs/matrix';
import { cells } from './cells';
import { colourBar } from './colour-bar';
import { colourScale, type ColourScale, type ColourScaleOptions } from './colour-scale';
import { frame } from '../frame';
import { extremes, type Grid, gridOf, type NumberArray, transpose } from '../grid';
import { describeHighlights, type Highlight, highlightEdges, highlightNames, layHighlights } from '../highlights';
import { rowNames } from './row-names';
import { sequenceAxis } from './sequence-axis';
import { label, picture } from '../svg';
import { formatNumber } from '../words';

/** One map of a picture: a gate or a state of each unit at each position. */
export interface StatePanel extends ColourScaleOptions {
  /** What is shown, written over its colours: "forget gate". */
  readonly name: string;
  /** Positions × units, as a tap inside a recurrent net gives for one example. */
  readonly values: NumberArray | Matrix;
  /** Names of the units; they are numbered from 0 unless said. */
  readonly units?: readonly string[];
}

/** Options of `stateMap`; sizes in pixels. */
export interface StateMapOptions {
  /** Letters along the axis. */
  readonly sequence?: string;
  /** Number of the first position; 1 unless said. */
  readonly firstPosition?: number;
  /** Stretches and borders to point out, with dashed lines through all maps. */
  readonly highlights?: readonly Highlight[];
  /** Unless said what gives about 800 of width, 1 at least and 16 at most. */
  readonly cellWidth?: number;
  /** Unless said what gives about 200 of height, 2 at least and 12 at most. */
  readonly cellHeight?: number;
  readonly title?: string;
  readonly description?: string;
}

const LEAST = 48; // px: height of a colour bar
const GAP = 26; // px between maps

/**
 * Gates and states over time: one map per panel, units from top to bottom, positions from left to right, all maps on one
 * axis of positions. Each has its own colours, sequential for gates and diverging from 0 for what has both signs.
 * @throws RangeError for panels of different lengths, numbers that are not finite, or a sequence of another length
 */
export function stateMap(panels: readonly StatePanel[], options: StateMapOptions = {}): string {
  const { firstPosition = 1, highlights = [], sequence } = options;
  const grids = panels.map((panel) => transpose(gridOf(`stateMap: ${panel.name}`, panel.values)));
  const count = checkLengths(panels, grids, sequence);
  const cellWidth = options.cellWidth ?? Math.min(16, Math.max(1, Math.floor(800 / count)));
  const maps = panels.map((panel, i) => mapOf(panel, grids[i], options.cellHeight));
  const left = Math.max(32, ...maps.map((map) => unitNames(map, 0, 0).width + 2));
  const laid = layHighlights('stateMap', highlights, count, (position) => left + position * cellWidth);
  const top = 24 + laid.height;
  const stack = stackMaps(maps, { left, top, width: count * cellWidth });
  const axis = sequenceAxis({
    count,
    first: firstPosition,
    x: left,
    columnWidth: cellWidth,
    y: stack.bottom,
    sequence,
  });
  return picture(
    {
      width: Math.max(stack.right, axis.right) + 8,
      height: Math.max(stack.lowest + 8, axis.bottom),
      title: options.title ?? `${panels.map(({ name }) => name).join(', ')} at ${count} positions`,
      description: options.description ?? describe(maps, firstPosition) + describeHighlights(highlights, firstPosition),
    },
    stack.markup,
    label('unit', { x: left - 6, y: top - 8, 'text-anchor': 'end' }),
    highlightEdges(laid, top, stack.bottom),
    highlightNames(laid, top),
    axis.markup,
  );
}

/** The maps one below the other, each with its names and colours; `bottom` is where the last map ends, `lowest` its colours. */
function stackMaps(maps: readonly DrawnMap[], { left, top, width }: { left: number; top: number; width: number }) {
  const parts: string[] = [];
  let [y, right, bottom] = [top, left + width, top];
  for (const map of maps) {
    const box = { x: left, y, width, height: map.grid.shape[0] * map.cellHeight };
    const place = { x: left + width + 16, y, height: Math.max(LEAST, box.height) };
    const bar = colourBar(map.scale, { ...place, name: map.panel.name });
    parts.push(cells(map.grid, map.scale, box), frame(box), unitNames(map, left, y).markup, bar.markup);
    right = Math.max(right, place.x + bar.width);
    bottom = y + box.height;
    y += place.height + GAP;
  }
  return { markup: parts.join(''), right, bottom, lowest: y - GAP };
}

function checkLengths(panels: readonly StatePanel[], grids: readonly Grid[], sequence?: string): number {
  if (grids.length === 0) throw new RangeError('stateMap: expected at least one panel, got none');
  const positions = grids[0].shape[1];
  for (const [i, { shape }] of grids.entries()) {
    const { name, units } = panels[i];
    if (shape[1] !== positions)
      throw new RangeError(`stateMap: expected ${positions} positions in each panel, got ${shape[1]} in ${name}`);
    if (units && units.length !== shape[0])
      throw new RangeError(`stateMap: expected ${shape[0]} names of units for ${name}, got ${units.length}`);
  }
  if (sequence !== undefined && sequence.length !== positions)
    throw new RangeError(`stateMap: expected a sequence of ${positions} letters, got ${sequence.length}`);
  return positions;
}

interface DrawnMap {
  panel: StatePanel;
  grid: Grid;
  scale: ColourScale;
  cellHeight: number;
}

function mapOf(panel: StatePanel, grid: Grid, height?: number): DrawnMap {
  const cellHeight = height ?? Math.min(12, Math.max(2, Math.floor(200 / grid.shape[0])));
  return { panel, grid, scale: colourScale(`stateMap: ${panel.name}`, extremes(grid.data), panel), cellHeight };
}

function unitNames({ panel, grid, cellHeight }: DrawnMap, x: number, y: number): { width: number; markup: string } {
  return rowNames({ count: grid.shape[0], names: panel.units, x, y, cellHeight });
}

function describe(maps: readonly DrawnMap[], firstPosition: number): string {
  const sentences = maps.map(({ panel, grid }) => {
    const [units, positions] = grid.shape;
    const [low, high] = extremes(grid.data);
    const place = (value: number) => {
      const at = Array.prototype.indexOf.call(grid.data, value);
      return `unit ${Math.floor(at / positions)} at position ${(at % positions) + firstPosition}`;
    };
    const ends = `from ${formatNumber(low)} (${place(low)}) to ${formatNumber(high)} (${place(high)})`;
    return `The ${panel.name} of ${units} units over ${positions} positions runs ${ends}.`;
  });
  return sentences.join(' ');
}

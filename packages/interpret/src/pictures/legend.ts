import type { Box } from './frame';
import { element, label } from './svg';
import { textWidth } from './text-width';

/** A line and its name. */
export interface LegendEntry {
  name: string;
  colour: string;
  dash?: string;
}

/** A corner of a plot. */
export type Corner = 'top-right' | 'bottom-right' | 'bottom-left' | 'top-left';

const ROW = 18; // px
const PEN = 24; // px of each line beside its name

/** Room that so many names take above a plot. */
export function legendHeight(entries: readonly LegendEntry[]): number {
  return ROW * entries.length;
}

/**
 * The first corner, beginning with the one preferred, where no drawn line passes under the names; none if lines are everywhere.
 * @param lines places of each line in pixels
 */
export function freeCorner(
  entries: readonly LegendEntry[],
  plot: Box,
  lines: readonly (readonly (readonly [number, number])[])[],
  preferred: Corner,
): Corner | undefined {
  const corners: Corner[] = [preferred, 'top-right', 'bottom-right', 'bottom-left', 'top-left'];
  return corners.find((corner) => {
    const box = cornerBox(entries, plot, corner);
    return !lines.some((line) => line.some((place, i) => passes(line[Math.max(0, i - 1)], place, box)));
  });
}

/** The names in a corner of the plot, a piece of each line beside its name. */
export function cornerLegend(entries: readonly LegendEntry[], plot: Box, corner: Corner): string {
  const isLeft = corner.endsWith('left');
  return rows(entries, {
    pen: isLeft ? plot.x + 12 : plot.x + plot.width - PEN - 4,
    y: corner.startsWith('top') ? plot.y + 10 : plot.y + plot.height - 14 - ROW * (entries.length - 1),
    isLeft,
  });
}

/** The names at the left above everything else. */
export function topLegend(entries: readonly LegendEntry[], x: number): string {
  return rows(entries, { pen: x, y: 10, isLeft: true });
}

function rows(entries: readonly LegendEntry[], at: { pen: number; y: number; isLeft: boolean }): string {
  const drawn = entries.map(({ name, colour, dash }, i) => {
    const y = at.y + ROW * i;
    const pen = {
      x1: at.pen,
      y1: y,
      x2: at.pen + PEN,
      y2: y,
      stroke: colour,
      'stroke-width': 2,
      'stroke-dasharray': dash,
    };
    const text = { x: at.isLeft ? at.pen + PEN + 6 : at.pen - 6, y, 'dominant-baseline': 'central' };
    return element('line', pen) + label(name, { ...text, 'text-anchor': at.isLeft ? 'start' : 'end' });
  });
  return element('g', {}, ...drawn);
}

/** What the names take in a corner, with some air. */
function cornerBox(entries: readonly LegendEntry[], plot: Box, corner: Corner): Box {
  const width = 16 + PEN + Math.max(0, ...entries.map(({ name }) => textWidth(name)));
  const height = ROW * entries.length + 4;
  const x = corner.endsWith('left') ? plot.x + 8 : plot.x + plot.width - width;
  return { x, y: corner.startsWith('top') ? plot.y : plot.y + plot.height - height, width, height };
}

/** Whether a straight line passes through a box; looked at every second pixel. */
function passes(from: readonly [number, number], to: readonly [number, number], { x, y, width, height }: Box): boolean {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 2) || 1;
  return Array.from({ length: steps + 1 }, (_, i) => i / steps).some((share) => {
    const [px, py] = [0, 1].map((axis) => from[axis] + share * (to[axis] - from[axis]));
    return px > x && px < x + width && py > y && py < y + height;
  });
}

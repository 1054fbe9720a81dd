import type { ScaleContinuousNumeric } from 'd3-scale';
import { element, label } from './svg';
import { textWidth } from './text-width';

const INK = 'currentColor';

/** What places numbers along an axis. */
export type AxisScale = ScaleContinuousNumeric<number, number>;

/** A vertical axis and where it stands; sizes in pixels. */
export interface LeftAxis {
  x: number;
  name: string;
  /** About how many ticks; 5 unless said. */
  count?: number;
  /** Width of faint lines at the ticks; none unless said. */
  grid?: number;
  /** How numbers are written; unless said with the digits that tell ticks apart. */
  format?: (value: number) => string;
  /** Baseline of the name; just above the axis unless said. */
  nameY?: number;
}

/** A vertical axis with a tick every so often, its name above. */
export function leftAxis(
  scale: AxisScale,
  { x, name, count = 5, grid = 0, format = formatOf(scale, count), nameY = scale.range()[1] - 12 }: LeftAxis,
): string {
  const [bottom, top] = scale.range();
  const ticks = scale.ticks(count).map((value) => {
    const y = scale(value);
    const text = format(value);
    return (
      (grid > 0 && text !== '' ? line(x, y, x + grid, y, 0.12) : '') +
      line(x - (text === '' ? 2 : 4), y, x, y, 0.5) +
      number(text, { x: x - 8, y, 'text-anchor': 'end', 'dominant-baseline': 'central' })
    );
  });
  return group(line(x, bottom, x, top, 0.5), ...ticks, label(name, { x: x - 4, y: nameY, 'text-anchor': 'start' }));
}

/** How many ticks to ask for so that there are three at least, where numbers 14 pixels apart have room. */
export function tickCount(scale: AxisScale): number {
  const [bottom, top] = scale.range();
  const most = Math.max(2, Math.floor((bottom - top) / 14));
  const counts = Array.from({ length: most - 1 }, (_, i) => i + 2).slice(0, 5);
  return counts.find((count) => scale.ticks(count).length >= 3 && scale.ticks(count).length <= most) ?? 2;
}

/** Room that the numbers of a vertical axis with so many ticks take at its left. */
export function axisWidth(scale: AxisScale, count = 5): number {
  const format = formatOf(scale, count);
  return 10 + Math.max(0, ...scale.ticks(count).map((value) => textWidth(format(value))));
}

/** A horizontal axis at `y` with as many ticks as their numbers have room for, its name below at the right. */
export function bottomAxis(scale: AxisScale, { y, name }: { y: number; name: string }): string {
  const [left, right] = scale.range();
  const count = [5, 4, 3, 2].find((wanted) => hasRoom(scale, wanted)) ?? 1;
  const format = formatOf(scale, count);
  const ticks = scale.ticks(count).map((value) => {
    const [x, text] = [scale(value), format(value)];
    return line(x, y, x, y + (text === '' ? 2 : 4), 0.5) + number(text, { x, y: y + 16, 'text-anchor': 'middle' });
  });
  return group(line(left, y, right, y, 0.5), ...ticks, label(name, { x: right, y: y + 34, 'text-anchor': 'end' }));
}

function hasRoom(scale: AxisScale, count: number): boolean {
  const format = formatOf(scale, count);
  const [first, second] = scale.ticks(count).filter((value) => format(value) !== '');
  const widest = Math.max(0, ...scale.ticks(count).map((value) => textWidth(format(value))));
  return second === undefined || widest + 8 < scale(second) - scale(first);
}

const number = (text: string, place: Parameters<typeof label>[1]): string => (text === '' ? '' : label(text, place));

/** How numbers are written beside ticks. Between the tens of a logarithmic axis most have none. */
export const formatOf = (scale: AxisScale, count: number): ((value: number) => string) =>
  'base' in scale ? scale.tickFormat(count, ',') : scale.tickFormat(count);

/** A thin straight line in the ink of the text. */
export function line(x1: number, y1: number, x2: number, y2: number, opacity = 1, dash?: string): string {
  return element('line', { x1, y1, x2, y2, stroke: INK, 'stroke-opacity': opacity, 'stroke-dasharray': dash });
}

function group(...children: string[]): string {
  return element('g', {}, ...children);
}

import type { ScaleContinuousNumeric } from 'd3-scale';
import { element, label } from './svg';
import { textWidth } from './text-width';

const INK = 'currentColor';

/** What places numbers along an axis. */
export type AxisScale = ScaleContinuousNumeric<number, number>;

/** A vertical axis at `x` with a tick every so often, its name above; `grid` draws faint lines of that width. */
export function leftAxis(
  scale: AxisScale,
  { x, name, count = 5, grid = 0 }: { x: number; name: string; count?: number; grid?: number },
): string {
  const [bottom, top] = scale.range();
  const format = formatOf(scale, count);
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

/** A horizontal axis at `y` with a tick every so often, its name below at the right. */
export function bottomAxis(
  scale: AxisScale,
  { y, name, count = 5 }: { y: number; name: string; count?: number },
): string {
  const [left, right] = scale.range();
  const format = formatOf(scale, count);
  const ticks = scale.ticks(count).map((value) => {
    const [x, text] = [scale(value), format(value)];
    return line(x, y, x, y + (text === '' ? 2 : 4), 0.5) + number(text, { x, y: y + 16, 'text-anchor': 'middle' });
  });
  return group(line(left, y, right, y, 0.5), ...ticks, label(name, { x: right, y: y + 34, 'text-anchor': 'end' }));
}

const number = (text: string, place: Parameters<typeof label>[1]): string => (text === '' ? '' : label(text, place));

/** Between the tens of a logarithmic axis most ticks have no number. */
const formatOf = (scale: AxisScale, count: number): ((value: number) => string) =>
  'base' in scale ? scale.tickFormat(count, ',') : scale.tickFormat(count);

/** A thin straight line in the ink of the text. */
export function line(x1: number, y1: number, x2: number, y2: number, opacity = 1, dash?: string): string {
  return element('line', { x1, y1, x2, y2, stroke: INK, 'stroke-opacity': opacity, 'stroke-dasharray': dash });
}

function group(...children: string[]): string {
  return element('g', {}, ...children);
}

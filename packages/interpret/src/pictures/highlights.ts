import { line } from './axes';
import { packLanes } from './lanes';
import { element, label } from './svg';
import { fitText, textWidth } from './text-width';

/** A stretch of positions to point out, such as a planted motif; where `start` equals `end`, a border before that position. */
export interface Highlight {
  /** First position, counted from 0 as in the data, whatever `firstPosition` says. */
  readonly start: number;
  /** Behind the last position. */
  readonly end: number;
  readonly name?: string;
  /** Any CSS colour; the ink of the text unless said. */
  readonly colour?: string;
}

/** Highlights laid out above a plot whose left and right ends are given. */
export interface LaidHighlights {
  /** Room that the names take above the plot. */
  readonly height: number;
  readonly items: readonly LaidHighlight[];
}

interface LaidHighlight {
  from: number;
  to: number;
  name: string;
  /** Middle of the name. */
  at: number;
  lane: number;
  colour: string;
}

const LANE = 15; // px
const GAP = 6; // px between two names

/**
 * Lays the names of highlights into as many lanes as keep them apart.
 * @param x where a border between positions lies, in pixels
 * @throws RangeError naming `where` for a highlight that is not on the positions
 */
export function layHighlights(
  where: string,
  highlights: readonly Highlight[],
  count: number,
  x: (position: number) => number,
): LaidHighlights {
  checkHighlights(where, highlights, count);
  const items = highlights.map((highlight) => place(highlight, x, count));
  const lanes = packLanes(items, (a, b) => a.reach[0] < b.reach[1] + GAP && b.reach[0] < a.reach[1] + GAP);
  return {
    height: LANE * Math.max(0, ...lanes.map((lane) => lane + 1)),
    items: items.map((item, i) => ({ ...item, lane: lanes[i] })),
  };
}

function place(
  { start, end, name = '', colour = 'currentColor' }: Highlight,
  x: (position: number) => number,
  count: number,
) {
  const [from, to, left, right] = [x(start), x(end), x(0), x(count)];
  const text = fitText(name, right - left);
  const half = textWidth(text) / 2;
  const at = Math.min(Math.max((from + to) / 2, left + half), right - half);
  return { from, to, name: text, at, colour, reach: [Math.min(from, at - half), Math.max(to, at + half)] as const };
}

/** The names and brackets, standing on `bottom`, the top of the plot. */
export function highlightNames({ items }: LaidHighlights, bottom: number): string {
  const drawn = items.map(({ from, to, name, at, lane, colour }) => {
    const y = bottom - LANE * lane - 3;
    const bracket = element('path', {
      d: `M${from.toFixed(1)} ${y}H${to.toFixed(1)}`,
      stroke: colour,
      'stroke-width': 2,
    });
    return (to > from ? bracket : '') + (name ? label(name, { x: at, y: y - 4, 'text-anchor': 'middle' }) : '');
  });
  return drawn.length ? element('g', {}, ...drawn) : '';
}

/** A shade behind the plot for each stretch, a dashed line for each border. */
export function highlightShades({ items }: LaidHighlights, top: number, bottom: number): string {
  const shades = items.map(({ from, to, colour }) =>
    to > from
      ? element('rect', { x: from, y: top, width: to - from, height: bottom - top, fill: colour, 'fill-opacity': 0.12 })
      : line(from, top - 3, from, bottom, 0.6, '3 2'),
  );
  return shades.join('');
}

/** A line down the plot at both ends of each stretch, dashed black and white: it shows on any colour. */
export function highlightEdges({ items }: LaidHighlights, top: number, bottom: number): string {
  const edges = items.flatMap(({ from, to, lane }) => {
    const foot = (x: number) => (lane === 0 ? line(x, top - 3, x, top, 0.8) : ''); // higher up it would cross other names
    return [...new Set([from, to])].map((x) => foot(x) + twoTone(x, top, bottom));
  });
  return edges.join('');
}

function twoTone(x: number, y1: number, y2: number): string {
  const pen = (stroke: string, dash?: string) =>
    element('line', { x1: x, y1, x2: x, y2, stroke, 'stroke-dasharray': dash });
  return pen('#fff') + pen('#000', '4 4');
}

/** The part of each highlight that lies in a window, with positions counted from the window's start. */
export function highlightsWithin(highlights: readonly Highlight[], start: number, end: number): Highlight[] {
  return highlights
    .filter((h) => h.start < end && (h.end > start || h.start === start))
    .map((h) => ({ ...h, start: Math.max(h.start, start) - start, end: Math.min(h.end, end) - start }));
}

/** What the highlights are, in words. */
export function describeHighlights(highlights: readonly Highlight[], firstPosition: number): string {
  const named = highlights.filter(({ name }) => name);
  if (named.length === 0) return '';
  const places = named.slice(0, 12).map(({ name, start, end }) => {
    const from = start + firstPosition;
    return end > start ? `${name} at ${from} to ${end + firstPosition - 1}` : `${name} before ${from}`;
  });
  return ` Marked: ${places.join(', ')}${named.length > 12 ? ` and ${named.length - 12} more` : ''}.`;
}

/** @throws RangeError naming `where` for a highlight that is not on the positions */
export function checkHighlights(where: string, highlights: readonly Highlight[], count: number): void {
  for (const { start, end, name } of highlights) {
    if (start >= 0 && start <= end && end <= count) continue;
    throw new RangeError(
      `${where}: expected the highlight ${JSON.stringify(name ?? '')} between 0 and ${count}, start first, got ${start} to ${end}`,
    );
  }
}

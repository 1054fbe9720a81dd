import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line as linePath } from 'd3-shape';
import { type AxisScale, axisWidth, bottomAxis, formatOf, leftAxis, line } from './axes';
import { cornerLegend, freeCorner, legendHeight, topLegend } from './legend';
import { palette } from './palette';
import { element, picture } from './svg';
import { textWidth } from './text-width';

/** A place in the units of the axes, [x, y]. */
export type Point = readonly [x: number, y: number];

/** One line of a chart. */
export interface Series {
  name: string;
  points: readonly Point[];
  /** Any CSS colour; the palette's in turn unless said. */
  colour?: string;
  /** SVG dash pattern, so that lines differ without colour; solid unless said. */
  dash?: string;
}

/** An axis of a chart. */
export interface ChartAxis {
  name: string;
  /** The values at its ends: what the points reach, rounded outwards, unless said. */
  domain?: readonly [number, number];
  /** `log` for what spans orders of magnitude: equal ratios are equally far apart. `linear` unless said. */
  scale?: 'linear' | 'log';
}

/** What the line chart shows; sizes in pixels. */
export interface LineChartOptions {
  series: readonly Series[];
  x: ChartAxis;
  y: ChartAxis;
  title: string;
  description: string;
  /** A place of interest on the x axis: a dotted vertical line, named in the legend. */
  mark?: { x: number; name: string };
  /** Corner for the names of the lines, the top right unless said; another, or above, where a line would cross them. */
  legend?: 'top-right' | 'bottom-right' | 'bottom-left' | 'top-left';
  width?: number;
  height?: number;
}

const margin = { top: 30, right: 14, bottom: 42, left: 44 };
const COLOURS = [palette.blue, palette.amber, palette.green, palette.red];

/** Lines over two axes, as SVG. Points that are not finite, or not positive on a logarithmic axis, leave a gap. */
export function lineChart(options: LineChartOptions): string {
  const { width = 460, height = 300, title, description } = options;
  const series = options.series.map((s, i) => ({ ...s, colour: s.colour ?? COLOURS[i % COLOURS.length] }));
  const marks = options.mark ? [{ ...options.mark, colour: 'currentColor', dash: '2 3' }] : [];
  const points = series.flatMap((s) => s.points);
  const y = axisScale(
    points.map((p) => p[1]),
    options.y,
    [height - margin.bottom, margin.top],
  );
  const left = Math.max(margin.left, axisWidth(y));
  const xs = points.map((p) => p[0]);
  const right = width - Math.max(margin.right, lastTickWidth(axisScale(xs, options.x, [0, 1])) / 2 + 2);
  const x = axisScale(xs, options.x, [left, right]);
  const bottom = height - margin.bottom;
  const markLines = marks.map((mark): [number, number][] => [[x(mark.x), bottom], [x(mark.x), height / 3]]); // prettier-ignore
  const plot = [
    leftAxis(y, { x: left, name: options.y.name, grid: right - left }),
    bottomAxis(x, { y: bottom, name: options.x.name }),
    ...markLines.map(([foot, head], i) => line(...foot, ...head, 0.6, marks[i].dash)),
    ...series.map((s) => curve(s, x, y)),
  ];
  const entries = [...series, ...marks];
  const box = { x: left, y: margin.top, width: right - left, height: bottom - margin.top };
  const places = series.map((s) => s.points.map(([px, py]) => [x(px), y(py)] as const).filter(isFinitePoint));
  const corner = freeCorner(entries, box, [...markLines, ...places], options.legend ?? 'top-right');
  if (corner) return picture({ width, height, title, description }, ...plot, cornerLegend(entries, box, corner));
  const room = legendHeight(entries);
  return picture(
    { width, height: height + room, title, description },
    topLegend(entries, left),
    element('g', { transform: `translate(0 ${room})` }, ...plot),
  );
}

function isFinitePoint(point: Point): boolean {
  return point.every(Number.isFinite);
}

function axisScale(values: number[], { domain, scale }: ChartAxis, range: [number, number]): AxisScale {
  if (scale === 'log') return logScale(values, domain, range);
  const [low = 0, high = 1] = domain ?? extent(values.filter(Number.isFinite));
  const linear = scaleLinear(low < high ? [low, high] : [low - 0.5, low + 0.5], range);
  return domain ? linear : linear.nice(5);
}

function logScale(values: number[], domain: readonly [number, number] | undefined, range: [number, number]): AxisScale {
  if (domain && !(domain[0] > 0))
    throw new RangeError(`lineChart: a logarithmic axis begins above 0, got a domain of ${domain.join(' to ')}`);
  const [low = 1, high = 10] = domain ?? extent(values.filter((value) => Number.isFinite(value) && value > 0));
  const log = scaleLog(low < high ? [low, high] : [low / 2, low * 2], range);
  return domain ? log : log.nice();
}

/** Width of the number at the right end of an axis, which is centred on its tick. */
function lastTickWidth(scale: AxisScale): number {
  return textWidth(formatOf(scale, 5)(scale.ticks(5).at(-1) ?? 0));
}

function curve({ points, colour, dash }: Series, x: AxisScale, y: AxisScale): string {
  const draw = linePath<Point>(
    ([px]) => x(px),
    ([, py]) => y(py),
  ).digits(1);
  draw.defined(([px, py]) => Number.isFinite(x(px)) && Number.isFinite(y(py)));
  const d = draw(thin(points, x, y)) ?? '';
  const pen = { stroke: colour, 'stroke-width': 2, 'stroke-dasharray': dash, 'stroke-linejoin': 'round' };
  return element('path', { d, fill: 'none', ...pen });
}

/**
 * The points without those that lie between their neighbours on a horizontal or vertical run, to a quarter of a pixel: a
 * ROC curve has thousands of them.
 */
function thin(points: readonly Point[], x: AxisScale, y: AxisScale): Point[] {
  const place = ([px, py]: Point) => [Math.round(x(px) * 4), Math.round(y(py) * 4)];
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = kept.slice(-2).map(place);
    if (last && isBetween(before, last, place(point))) kept.pop();
    kept.push(point);
  }
  return kept;
}

function isBetween(a: number[], b: number[], c: number[]): boolean {
  const isStraight = (a[0] === b[0] && b[0] === c[0]) || (a[1] === b[1] && b[1] === c[1]);
  return isStraight && [0, 1].every((axis) => (b[axis] - a[axis]) * (c[axis] - b[axis]) >= 0);
}

import { scaleLinear } from 'd3-scale';
import { line as linePath } from 'd3-shape';
import { bottomAxis, leftAxis, line } from './axes';
import { topLegend } from './legend';
import { grey, palette } from './palette';
import { element, label, picture } from './svg';
import { textWidth } from './text-width';

/** What was predicted and what came, bin by bin; the reliability curve of `@hairpin/train` fits. */
export interface ReliabilityBins {
  /** Mean probability of each bin, ascending. */
  readonly predicted: ArrayLike<number>;
  /** Share of positives of each bin. */
  readonly observed: ArrayLike<number>;
  /** Examples of each bin. */
  readonly counts: ArrayLike<number>;
}

interface Bin {
  predicted: number;
  observed: number;
  count: number;
}

const plot = { left: 48, right: 380, top: 66, bottom: 398, histogram: { top: 460, bottom: 520 } }; // px

/**
 * Reliability of probabilities: the share of positives over the mean prediction of each bin, with intervals that hold the
 * true share in 95 % of cases (Wilson 1927), beside the diagonal of perfect calibration; how many examples each bin has below.
 * @param ece expected calibration error, written beside the line
 * @throws RangeError for bins of different numbers, none, or what is no share
 */
export function reliabilityDiagram(bins: ReliabilityBins, { ece }: { ece?: number } = {}): string {
  const points = binsOf(bins);
  const total = points.reduce((sum, { count }) => sum + count, 0);
  const x = scaleLinear([0, 1], [plot.left, plot.right]);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  const name = ece === undefined ? 'model' : `model, calibration error ${ece.toFixed(3)}`;
  return picture(
    {
      width: plot.right + 14,
      height: plot.histogram.bottom + 42,
      title: 'Reliability diagram',
      description: describe(points, total, ece),
    },
    leftAxis(y, { x: plot.left, name: 'share of positives', grid: plot.right - plot.left }),
    bottomAxis(x, { y: plot.bottom, name: '' }),
    element('line', {
      x1: x(0),
      y1: y(0),
      x2: x(1),
      y2: y(1),
      stroke: grey,
      'stroke-width': 2,
      'stroke-dasharray': '2 4',
    }),
    ...points.map((point) => whisker(point, x, y)),
    element('path', { d: curve(points, x, y), fill: 'none', stroke: palette.blue, 'stroke-width': 2 }),
    ...points.map(({ predicted, observed }) =>
      element('circle', { cx: x(predicted), cy: y(observed), r: 3.5, fill: palette.blue }),
    ),
    topLegend(
      [
        { name: 'perfect', colour: grey, dash: '2 4' },
        { name, colour: palette.blue },
      ],
      plot.left,
    ),
    histogram(points, x),
  );
}

type Scale = (value: number) => number;

function curve(points: readonly Bin[], x: Scale, y: Scale): string {
  const draw = linePath<Bin>(
    ({ predicted }) => x(predicted),
    ({ observed }) => y(observed),
  );
  return draw.digits(1)(points) ?? '';
}

function whisker({ predicted, observed, count }: Bin, x: Scale, y: Scale): string {
  const [low, high] = wilson(observed, count);
  return line(x(predicted), y(low), x(predicted), y(high), 0.6);
}

/** The 95 % interval of a share of `n`. */
export function wilson(share: number, n: number): [low: number, high: number] {
  const z = 1.959964;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** A bar for each bin, with its count above where all counts have room. */
function histogram(points: readonly Bin[], x: Scale): string {
  const { top, bottom } = plot.histogram;
  const y = scaleLinear([0, Math.max(...points.map(({ count }) => count))], [bottom, top]);
  const places = points.map(({ predicted }) => x(predicted));
  const apart = Math.min(33, ...places.slice(1).map((place, i) => place - places[i]));
  const width = Math.max(2, 0.7 * apart);
  const bars = points.map(({ count }, i) =>
    element('rect', {
      x: places[i] - width / 2,
      y: y(count),
      width,
      height: bottom - y(count),
      fill: palette.blue,
      'fill-opacity': 0.6,
    }),
  );
  return (
    leftAxis(y, { x: plot.left, name: 'examples', count: 2, format: short, nameY: top - 18 }) +
    bottomAxis(scaleLinear([0, 1], [plot.left, plot.right]), { y: bottom, name: 'predicted probability' }) +
    bars.join('') +
    countLabels(points, places, y)
  );
}

/** The counts over their bars, right of the axis; nothing if two of them would touch. */
function countLabels(points: readonly Bin[], places: readonly number[], y: Scale): string {
  const texts = points.map(({ count }) => short(count));
  const halves = texts.map((text) => textWidth(text, 10) / 2);
  const middles = places.map((place, i) => Math.max(place, plot.left + halves[i] + 2));
  const hasRoom = middles.every((middle, i) => i === 0 || middle - middles[i - 1] > halves[i] + halves[i - 1] + 2);
  if (!hasRoom) return '';
  const labels = texts.map((text, i) =>
    label(text, { x: middles[i], y: y(points[i].count) - 4, 'text-anchor': 'middle', 'font-size': 10 }),
  );
  return labels.join('');
}

/** A count in four characters at most: 950, 1.2k, 45k, 3.1M. */
function short(count: number): string {
  const [unit, size] = count < 1000 ? ['', 1] : count < 999_500 ? ['k', 1e3] : ['M', 1e6];
  return `${Number((count / Number(size)).toPrecision(count / Number(size) < 9.95 ? 2 : 3))}${unit}`;
}

function binsOf({ predicted, observed, counts }: ReliabilityBins): Bin[] {
  const lengths = [predicted.length, observed.length, counts.length];
  if (new Set(lengths).size > 1 || lengths[0] === 0)
    throw new RangeError(
      `reliabilityDiagram: expected as many predicted, observed and counts, one at least, got ${lengths.join(', ')}`,
    );
  const bins = Array.from({ length: lengths[0] }, (_, i) => ({
    predicted: predicted[i],
    observed: observed[i],
    count: counts[i],
  }));
  for (const [i, { predicted, observed, count }] of bins.entries()) {
    if (predicted >= 0 && predicted <= 1 && observed >= 0 && observed <= 1 && count > 0) continue;
    const got = `${predicted}, ${observed} and ${count}`;
    throw new RangeError(
      `reliabilityDiagram: expected two shares and a count above 0 in bin ${i}, got ${got}; leave empty bins out`,
    );
  }
  return bins;
}

function describe(points: readonly Bin[], total: number, ece?: number): string {
  const bins = points.map(
    ({ predicted, observed, count }) => `${predicted.toFixed(2)} came true in ${observed.toFixed(2)} of ${count}`,
  );
  const error = ece === undefined ? '' : ` The expected calibration error is ${ece.toFixed(3)}.`;
  return `${total} examples in ${points.length} bins. Predicted ${bins.join('; ')}.${error}`;
}

import { scaleLinear } from 'd3-scale';
import type { Matrix } from '../motifs/matrix';
import { leftAxis, line, tickCount } from './axes';
import { frame } from './frame';
import type { NumberArray } from './grid';
import { describeHighlights, highlightNames, highlightShades, highlightsWithin, layHighlights } from './highlights';
import { heightsOf, reach, sum, tallest } from './letter-heights';
import { letterAxisLeft, logoPlot, type Plot } from './logo-plot';
import type { LogoOptions } from './logo';
import { stacked, stackedSize } from './stack';
import { positionNumbers } from './position-numbers';
import { profile } from './profile';
import { strongestWindows, type PositionWindow } from './strongest-windows';
import { label, picture, round } from './svg';

/** Options of `logoZoom`; sizes in pixels. */
export interface LogoZoomOptions extends Omit<LogoOptions, 'columnWidth'> {
  /** What to show in letters; the three strongest stretches of 80 positions unless said. */
  windows?: readonly PositionWindow[];
  /** Width of the picture's plots. */
  plotWidth?: number;
}

const OVERVIEW = 60; // px
const GAP = 10; // px between the overview and its windows

/**
 * A logo of hundreds or many thousands of positions: all of it as a profile on top, and windows of it in letters below, each
 * framed and lettered in the profile. A page that lets its reader zoom calls it again with other windows.
 * @param values positions × letters: an array with its shape, or nested rows
 * @throws RangeError for a window that is not on the positions
 */
export function logoZoom(values: NumberArray | Matrix, options: LogoZoomOptions = {}): string {
  const { letters = 'ACGT', plotWidth = 720, highlights = [], firstPosition = 1 } = options;
  const heights = heightsOf('logoZoom', values, letters, options.domain);
  const windows = options.windows ?? strongestWindows(heights, { width: 80, count: 3 });
  windows.forEach((window) => checkWindow(window, heights.length));
  const domain = options.domain ?? reach(heights);
  const details = windows.map(({ start, end }, i) => {
    const own = {
      firstPosition: firstPosition + start,
      highlights: highlightsWithin(highlights, start, end),
      columnWidth: Math.min(22, plotWidth / (end - start)),
      unit: `${name(i)}: positions ${start + firstPosition} to ${end + firstPosition - 1}`,
    };
    return logoPlot('logoZoom', heights.slice(start, end), { plotHeight: 80, ...options, domain, ...own });
  });
  const plots = [overview(heights, { ...options, highlights, firstPosition, domain, windows, plotWidth }), ...details];
  return picture(
    {
      ...stackedSize(plots, GAP),
      title: options.title ?? `Sequence logo of ${heights.length} positions, ${windows.length} windows in letters`,
      description:
        options.description ??
        describe(heights, letters, windows, firstPosition) + describeHighlights(highlights, firstPosition),
    },
    stacked(plots, GAP),
  );
}

interface Overview extends Required<
  Pick<LogoZoomOptions, 'windows' | 'plotWidth' | 'firstPosition' | 'domain' | 'highlights'>
> {
  unit?: string;
}

/** All positions as one profile: for each pixel the farthest that a stack reaches above and below. */
function overview(
  heights: Matrix,
  { windows, plotWidth, firstPosition, domain, highlights, unit = 'bits' }: Overview,
): Plot {
  const left = letterAxisLeft(domain, OVERVIEW);
  const columnWidth = plotWidth / heights.length;
  const x = (position: number) => left + position * columnWidth;
  const laid = layHighlights('logoZoom', highlights, heights.length, x);
  const top = 22 + (laid.height > 0 ? laid.height + 4 : 0) + 14;
  const y = scaleLinear(domain, [top + OVERVIEW, top]);
  const numbers = positionNumbers({
    count: heights.length,
    first: firstPosition,
    x: left,
    columnWidth,
    y: top + OVERVIEW + 15,
  });
  const markup = [
    highlightShades(laid, top, top + OVERVIEW),
    leftAxis(y, { x: left, name: unit, count: tickCount(y), nameY: 10 }),
    profile(
      heights.map((row) => [sum(row, -1), sum(row, 1)]),
      { x, y, width: plotWidth },
    ),
    line(left, y(0), left + plotWidth, y(0), 0.5),
    ...windows.map((window, i) => windowFrame(window, name(i), { x, top, height: OVERVIEW })),
    highlightNames(laid, top - 16),
    numbers.markup,
  ].join('');
  return { width: Math.max(left + plotWidth + 6, numbers.right + 2), height: top + OVERVIEW + 20, markup };
}

function windowFrame(
  { start, end }: PositionWindow,
  text: string,
  { x, top, height }: { x: (position: number) => number; top: number; height: number },
): string {
  const box = { x: Number(round(x(start))), y: top, width: x(end) - x(start), height };
  return (
    frame(box) + label(text, { x: box.x + box.width / 2, y: top - 4, 'text-anchor': 'middle', 'font-weight': 600 })
  );
}

/** a, b, c … z, then numbers. */
function name(window: number): string {
  return window < 26 ? String.fromCharCode(97 + window) : String(window + 1);
}

function describe(heights: Matrix, letters: string, windows: readonly PositionWindow[], first: number): string {
  const parts = windows.map(({ start, end }) => {
    const text = tallest(heights.slice(start, end), letters);
    return `${start + first} to ${end + first - 1}: ${text}`;
  });
  return `The tallest letters at ${parts.join('; ')}.`;
}

function checkWindow({ start, end }: PositionWindow, count: number): void {
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= count) return;
  throw new RangeError(`logoZoom: expected a window between 0 and ${count}, start first, got ${start} to ${end}`);
}

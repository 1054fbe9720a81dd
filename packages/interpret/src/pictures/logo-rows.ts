import type { Matrix } from '../motifs/matrix';
import { describeHighlights, highlightsWithin } from './highlights';
import { checkHeights, reach, tallest } from './letter-heights';
import { type LetterOptions, logoPlot } from './logo-plot';
import type { LogoOptions } from './logo';
import { element, picture, round } from './svg';

/** Options of `logoRows`; sizes in pixels. */
export interface LogoRowsOptions extends LogoOptions {
  /** Positions in a row; 100 unless said. */
  perRow?: number;
}

/**
 * A long logo wrapped into rows like the lines of a text, all of one scale and with running positions. Letters are
 * outlines: in a viewer they stay sharp however far one zooms in. Past some 500 positions `logoZoom` reads better.
 * @param heights one row per position, one column per letter
 */
export function logoRows(heights: Matrix, options: LogoRowsOptions = {}): string {
  const { letters = 'ACGT', perRow = 100, highlights = [], firstPosition = 1 } = options;
  checkHeights('logoRows', heights, letters, options.domain);
  if (!(Number.isInteger(perRow) && perRow > 0))
    throw new RangeError(`logoRows: expected perRow to be a whole number of at least 1, got ${perRow}`);
  const shared: LetterOptions = {
    columnWidth: 8,
    plotHeight: 56,
    ...options,
    domain: options.domain ?? reach(heights),
  };
  const starts = Array.from({ length: Math.ceil(heights.length / perRow) }, (_, i) => i * perRow);
  const plots = starts.map((start) => {
    const piece = heights.slice(start, start + perRow);
    const own = {
      firstPosition: firstPosition + start,
      highlights: highlightsWithin(highlights, start, start + piece.length),
    };
    return logoPlot('logoRows', piece, { ...shared, ...own, unit: start === 0 ? shared.unit : '' });
  });
  return picture(
    {
      ...stackedSize(plots),
      title: options.title ?? `Sequence logo of ${heights.length} positions in ${plots.length} rows`,
      description:
        options.description ??
        `The tallest letters are ${tallest(heights, letters)}.${describeHighlights(highlights, firstPosition)}`,
    },
    stacked(plots),
  );
}

/** Parts of a picture, one below the other. */
export function stacked(plots: readonly { height: number; markup: string }[], gap = 0): string {
  let y = 0;
  const groups = plots.map(({ height, markup }) => {
    const group = element('g', { transform: `translate(0 ${round(y)})` }, markup);
    y += height + gap;
    return group;
  });
  return groups.join('');
}

/** Size of parts one below the other. */
export function stackedSize(
  plots: readonly { width: number; height: number }[],
  gap = 0,
): { width: number; height: number } {
  const height = plots.reduce((sum, plot) => sum + plot.height, gap * (plots.length - 1));
  return { width: Math.max(...plots.map(({ width }) => width)), height };
}

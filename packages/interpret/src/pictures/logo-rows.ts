import type { Matrix } from '../motifs/matrix';
import type { NumberArray } from './grid';
import { checkHighlights, describeHighlights, highlightsWithin } from './highlights';
import { heightsOf, reach, tallest } from './letter-heights';
import { type LetterOptions, logoPlot } from './logo-plot';
import type { LogoOptions } from './logo';
import { stacked, stackedSize } from './stack';
import { picture } from './svg';

/** Options of `logoRows`; sizes in pixels. */
export interface LogoRowsOptions extends LogoOptions {
  /** Positions in a row; 100 unless said. */
  perRow?: number;
}

/**
 * A long logo wrapped into rows like the lines of a text, all of one scale and with running positions. Letters are
 * outlines: in a viewer they stay sharp however far one zooms in. Past some 500 positions `logoZoom` reads better.
 * @param values positions × letters: an array with its shape, or nested rows
 */
export function logoRows(values: NumberArray | Matrix, options: LogoRowsOptions = {}): string {
  const { letters = 'ACGT', perRow = 100, highlights = [], firstPosition = 1 } = options;
  const heights = heightsOf('logoRows', values, letters, options.domain);
  if (!(Number.isInteger(perRow) && perRow > 0))
    throw new RangeError(`logoRows: expected perRow to be a whole number of at least 1, got ${perRow}`);
  checkHighlights('logoRows', highlights, heights.length);
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

import type { Matrix } from '../motifs/matrix';
import type { NumberArray } from './grid';
import { describeHighlights } from './highlights';
import { heightsOf, tallest } from './letter-heights';
import { type LetterOptions, logoPlot } from './logo-plot';
import { picture } from './svg';

/** Options of `logo`; sizes in pixels. */
export interface LogoOptions extends LetterOptions {
  /** What the picture is; "Sequence logo of …" unless said. */
  title?: string;
  /** What it shows; the tallest letter of each position unless said. */
  description?: string;
}

/**
 * A sequence logo as SVG: letters stacked by their heights, the tallest farthest from the axis, negative ones below it.
 * The heights come from `informationHeights`, `probabilities`, or are signed contributions, as from `contributionHeights`.
 * @param values positions × letters: an array with its shape, or nested rows
 */
export function logo(values: NumberArray | Matrix, options: LogoOptions = {}): string {
  const { letters = 'ACGT', highlights = [], firstPosition = 1 } = options;
  const heights = heightsOf('logo', values, letters, options.domain);
  const plot = logoPlot('logo', heights, options);
  return picture(
    {
      width: plot.width,
      height: plot.height,
      title: options.title ?? `Sequence logo of ${heights.length} positions`,
      description:
        options.description ??
        `The tallest letters are ${tallest(heights, letters)}.${describeHighlights(highlights, firstPosition)}`,
    },
    plot.markup,
  );
}

import { distinctFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/**
 * Random places for elements of these widths, in their order from left to right and at least `apartBp` letters from each
 * other; every way to place them is as likely.
 * @throws RangeError if they do not fit
 */
export function drawPlaces(
  widths: readonly number[],
  lengthBp: number,
  rng: RandomSource,
  { apartBp = 0 }: { readonly apartBp?: number } = {},
): number[] {
  const taken = widths.reduce((total, width) => total + width, 0) + apartBp * Math.max(widths.length - 1, 0);
  const free = lengthBp - taken;
  if (free < 0) throw new RangeError(`drawPlaces: elements of ${taken} bp do not fit into ${lengthBp} bp`);
  // Elements shrunk to one letter each are a choice of letters of a shorter sequence.
  const ranks = distinctFrom(rng, widths.length, free + widths.length);
  let before = 0;
  return widths.map((width, i) => {
    const place = ranks[i] - i + before;
    before += width + apartBp;
    return place;
  });
}

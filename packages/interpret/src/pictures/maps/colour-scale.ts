import { rgb } from 'd3-color';
import { interpolateViridis } from 'd3-scale-chromatic';
import { opposites } from '../palette';

/** Red, green, blue and opacity, 0 … 255 each. */
export type Rgba = [red: number, green: number, blue: number, alpha: number];

/** Numbers as colours: `level` of a number is the index of its colour. */
export interface ColourScale {
  readonly domain: readonly [low: number, high: number];
  /** From the lowest number to the highest, 256 at most. */
  readonly colours: readonly Rgba[];
  level(value: number): number;
}

/** What a scale is made from: the numbers' range, and whether 0 is its middle. */
export interface ColourScaleOptions {
  /**
   * `sequential` runs from low to high through viridis, which is as even for dichromats. `diverging` has its middle at 0,
   * where the paper shows, and grows to blue below and orange above, of equal contrast on light and dark paper. Unless
   * said, diverging for numbers of both signs.
   */
  readonly scale?: 'sequential' | 'diverging';
  /** Numbers at the ends; what lies beyond takes the colour of the end. The range of the data unless said. */
  readonly domain?: readonly [low: number, high: number];
}

/** A scale for numbers between `low` and `high`. @throws RangeError for a domain that is not two rising finite numbers */
export function colourScale(
  where: string,
  [low, high]: readonly [number, number],
  options: ColourScaleOptions,
): ColourScale {
  const [from, to] = options.domain ?? [low, high];
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to)
    throw new RangeError(`${where}: expected a domain of two rising numbers, got [${from}, ${to}]`);
  const kind = options.scale ?? (from < 0 && to > 0 ? 'diverging' : 'sequential');
  return kind === 'diverging' ? diverging(Math.max(-from, to) || 1) : sequential(from, to > from ? to : from + 1);
}

const VIRIDIS: readonly Rgba[] = Array.from({ length: 256 }, (_, i) => {
  const { r, g, b } = rgb(interpolateViridis(i / 255));
  return [r, g, b, 255];
});

function sequential(low: number, high: number): ColourScale {
  const level = (value: number) => Math.round(255 * clamp((value - low) / (high - low), 0, 1));
  return { domain: [low, high], colours: VIRIDIS, level };
}

/** 255 colours, so that 0 has one of its own. The last opacity is 254: see `encodeCells`. */
const DIVERGING: readonly Rgba[] = Array.from({ length: 255 }, (_, i) => {
  const { r, g, b } = rgb(i < 127 ? opposites.below : opposites.above);
  return [r, g, b, 2 * Math.abs(i - 127)];
});

function diverging(bound: number): ColourScale {
  const level = (value: number) => 127 + Math.round(127 * clamp(value / bound, -1, 1));
  return { domain: [-bound, bound], colours: DIVERGING, level };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

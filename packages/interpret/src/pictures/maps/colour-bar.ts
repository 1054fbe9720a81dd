import { scaleLinear } from 'd3-scale';
import { line, tickCount } from '../axes';
import { cells } from './cells';
import type { ColourScale } from './colour-scale';
import { frame } from '../frame';
import { element, label } from '../svg';
import { textWidth } from '../text-width';

const BAR = 10; // px

/** A colour scale as an upright bar with ticks at its right and its name above; `width` is the room that all of it takes. */
export function colourBar(
  scale: ColourScale,
  { x, y, height, name }: { x: number; y: number; height: number; name: string },
): { width: number; markup: string } {
  const place = scaleLinear(scale.domain, [y + height, y]);
  const count = height > 120 ? 5 : tickCount(place);
  const format = place.tickFormat(count);
  const ticks = place.ticks(count).map((value) => ({ at: place(value), text: format(value) }));
  const colours = Float64Array.from(scale.colours, (_, i) => 1 - i / (scale.colours.length - 1));
  const [low, high] = scale.domain;
  const values = colours.map((share) => low + share * (high - low));
  const markup = element(
    'g',
    {},
    cells({ data: values, shape: [values.length, 1] }, scale, { x, y, width: BAR, height }),
    frame({ x, y, width: BAR, height }),
    ...ticks.map(({ at, text }) => {
      const side = { x: x + BAR + 7, y: at, 'dominant-baseline': 'central' };
      return line(x + BAR, at, x + BAR + 4, at, 0.5) + label(text, side);
    }),
    label(name, { x, y: y - 9 }),
  );
  return {
    width: barWidth(
      name,
      ticks.map(({ text }) => text),
    ),
    markup,
  };
}

function barWidth(name: string, ticks: readonly string[]): number {
  return Math.max(textWidth(name), BAR + 7 + Math.max(0, ...ticks.map((text) => textWidth(text))));
}

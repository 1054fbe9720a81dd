import { element } from './svg';

/** Where a profile is drawn, in pixels. */
export interface ProfileLayout {
  /** Where a border between positions lies. */
  x: (position: number) => number;
  y: (value: number) => number;
  /** Of the whole profile: more positions than pixels share them. */
  width: number;
}

/**
 * A filled profile from the low to the high end of each position. Where several positions share a pixel it shows the lowest
 * and the highest of them, so that no peak is lost.
 */
export function profile(
  ranges: readonly (readonly [low: number, high: number])[],
  { x, y, width }: ProfileLayout,
): string {
  const perBin = Math.max(1, Math.ceil(ranges.length / width));
  const bins = Array.from({ length: Math.ceil(ranges.length / perBin) }, (_, bin) => {
    const members = ranges.slice(bin * perBin, (bin + 1) * perBin);
    const [low, high] = [Math.min(...members.map((r) => r[0])), Math.max(...members.map((r) => r[1]))];
    return { from: x(bin * perBin), to: x(Math.min(ranges.length, (bin + 1) * perBin)), low: y(low), high: y(high) };
  });
  const upper = bins.map(({ from, to, high }) => `${place(from)} ${place(high)}H${place(to)}`);
  const lower = bins.toReversed().map(({ from, to, low }) => `${place(to)} ${place(low)}H${place(from)}`);
  return element('path', { d: `M${[...upper, ...lower].join('L')}Z`, fill: 'currentColor', 'fill-opacity': 0.7 });
}

function place(pixel: number): string {
  return String(Math.round(pixel * 10) / 10);
}

import { pathRound } from 'd3-path';
import { curveLinearClosed, lineRadial } from 'd3-shape';
import { extremes, indexOf } from '../grid';
import { opposites } from '../palette';
import { element } from '../svg';
import { TURN } from './polar';

/** A numeric track of a circular genome. */
export interface CircularTrack {
  readonly name: string;
  /** One number for each of as many equal pieces of the circle, from the origin clockwise. */
  readonly values: ArrayLike<number>;
  /** The number that the ring's middle line stands for; 0 for numbers of both signs, their mean else, unless said. */
  readonly baseline?: number;
  /** CSS colours above and below the baseline. */
  readonly colours?: readonly [above: string, below: string];
}

/** A track with what its drawing needs. */
export interface Ring {
  track: CircularTrack;
  low: number;
  high: number;
  baseline: number;
  colours: readonly [above: string, below: string];
}

const MOST = 720; // samples around a ring: half a degree each

/** @throws RangeError for a track without numbers or with one that is not finite */
export function ringOf(track: CircularTrack): Ring {
  const { name, values } = track;
  if (values.length === 0) throw new RangeError(`circularMap: expected numbers in the track ${name}, got none`);
  const wrong = indexOf(values, (value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new RangeError(
      `circularMap: expected finite numbers in the track ${name}, got ${values[wrong]} at index ${wrong}`,
    );
  const [low, high] = extremes(values);
  const baseline = track.baseline ?? (low < 0 && high > 0 ? 0 : mean(values, 0, values.length));
  const colours = track.colours ?? ([opposites.above, opposites.below] as const);
  return { track, low, high, baseline, colours };
}

/** A ring between two radii: filled from the baseline outwards where the numbers are above it, inwards where below. */
export function drawRing(ring: Ring, inner: number, outer: number): string {
  const { track, baseline, colours } = ring;
  const [low, high] = [Math.min(ring.low, baseline), Math.max(ring.high, baseline)];
  const radius = (value: number) =>
    high > low ? inner + ((value - low) / (high - low)) * (outer - inner) : (inner + outer) / 2;
  const radii = samples(track.values).map(radius);
  const middle = radius(baseline);
  const above = between(radii.map((r) => Math.max(r, middle)), middle); // prettier-ignore
  const below = between(radii.map((r) => Math.min(r, middle)), middle); // prettier-ignore
  return (
    element('circle', { r: middle, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.35 }) +
    element('path', { d: above, fill: colours[0], 'fill-rule': 'evenodd' }) +
    element('path', { d: below, fill: colours[1], 'fill-rule': 'evenodd' })
  );
}

/** The area between a closed curve around the centre and a circle. */
function between(radii: readonly number[], radius: number): string {
  const curve = lineRadial<number>().angle((_, i) => (TURN * (i + 0.5)) / radii.length);
  const edge = curve.radius((r) => r).curve(curveLinearClosed).digits(1)([...radii]); // prettier-ignore
  const circle = pathRound(1);
  circle.arc(0, 0, radius, 0, TURN);
  return `${edge}${circle.toString()}`;
}

/** As many numbers as half degrees: means where the track has more, repeats where it has fewer. */
function samples(values: ArrayLike<number>): number[] {
  const n = values.length;
  return Array.from({ length: MOST }, (_, i) => {
    const from = Math.floor((i * n) / MOST);
    return mean(values, from, Math.max(from + 1, Math.floor(((i + 1) * n) / MOST)));
  });
}

function mean(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum / (to - from);
}

import { pathRound } from 'd3-path';
import { polar, TURN } from './polar';

/** A band of a circle; angles run clockwise from the top. */
export interface Band {
  from: number;
  to: number;
  inner: number;
  outer: number;
}

const HEAD = 9; // px

/** A band that ends in a point: clockwise for `+`, back for `-`, none for `.`. At least two pixels long. */
export function arrow(band: Band, strand: '+' | '-' | '.'): string {
  const middle = (band.inner + band.outer) / 2;
  const to = Math.max(band.to, band.from + 2 / middle);
  const head = strand === '.' ? 0 : Math.min(HEAD / middle, to - band.from);
  const [from, end] = strand === '-' ? [band.from + head, to] : [band.from, to - head];
  const path = pathRound(2);
  path.moveTo(...polar(band.outer, from));
  arc(path, band.outer, from, end);
  if (strand === '+') path.lineTo(...polar(middle, to));
  path.lineTo(...polar(band.inner, end));
  arc(path, band.inner, end, from);
  if (strand === '-') path.lineTo(...polar(middle, band.from));
  path.closePath();
  return path.toString();
}

/** An arc from one angle to another; in d3's angles, which run from the right. */
function arc(path: ReturnType<typeof pathRound>, radius: number, from: number, to: number): void {
  path.arc(0, 0, radius, from - TURN / 4, to - TURN / 4, to < from);
}

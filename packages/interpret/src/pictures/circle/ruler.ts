import { tickStep, ticks } from 'd3-array';
import { element, label } from '../svg';
import { textWidth } from '../text-width';
import { place, polar, TURN } from './polar';

const SIZE = 10; // px

/** Room that a ruler takes inside its circle, in pixels. */
export function rulerRoom(lengthBp: number): number {
  return 14 + widestNumber(lengthBp);
}

/** A tick's number may have more digits than the length: 1.25 Mb of 5 Mb. */
function widestNumber(lengthBp: number): number {
  const text = distanceText(lengthBp);
  const tick = tickStep(0, lengthBp, 12);
  return Math.max(
    textWidth(text(lengthBp - (lengthBp % tick)), SIZE),
    textWidth(text(lengthBp - (lengthBp % tick) - tick), SIZE),
  );
}

/** A circle with a tick every so many positions and their numbers at its inner side. */
export function ruler(lengthBp: number, radius: number): string {
  const text = distanceText(lengthBp);
  const widest = widestNumber(lengthBp);
  const apart = (bp: number) => ((TURN * bp) / lengthBp) * (radius - 9 - widest / 2); // px between the middles of two numbers
  const count = [12, 10, 8, 6, 5, 4, 3].find((n) => apart(tickStep(0, lengthBp, n)) > widest + 8) ?? 2;
  const at = ticks(0, lengthBp, count).filter((position) => apart(lengthBp - position) > widest);
  const angle = (position: number) => (TURN * position) / lengthBp;
  const marks = at.map(
    (position) => `M${place(polar(radius, angle(position)))}L${place(polar(radius - 5, angle(position)))}`,
  );
  const numbers = at.map((position) => {
    const content = position === 0 ? '0' : text(position);
    const [x, y] = beside(radius - 9, angle(position), textWidth(content, SIZE), SIZE);
    return label(content, { x, y, 'dominant-baseline': 'central' });
  });
  return (
    element('circle', { r: radius, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.5 }) +
    element('path', { d: marks.join(''), stroke: 'currentColor', 'stroke-opacity': 0.5 }) +
    element('g', { 'text-anchor': 'middle', 'font-size': SIZE, 'fill-opacity': 0.8 }, ...numbers)
  );
}

/** The middle of a text that touches a circle from inside at an angle. */
function beside(radius: number, angle: number, width: number, height: number): [number, number] {
  const [x, y] = polar(radius, angle);
  return [x - (Math.sin(angle) * width) / 2, y + (Math.cos(angle) * height) / 2];
}

/** Positions in the unit that suits a genome of this length. */
export function distanceText(lengthBp: number): (position: number) => string {
  const [unit, size] = lengthBp >= 2e6 ? ['Mb', 1e6] : lengthBp >= 2000 ? ['kb', 1e3] : ['bp', 1];
  return (position) => `${Number((position / Number(size)).toFixed(3))} ${unit}`;
}

import { element } from './svg';

/** A rectangle of a picture in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A thin line around a box. */
export function frame(box: Box): string {
  return element('rect', { ...box, fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.35 });
}

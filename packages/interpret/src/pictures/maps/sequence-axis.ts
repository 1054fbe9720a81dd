import { letterStrip } from './letter-strip';
import type { LetterColours } from '../letters';
import { positionNumbers, type PositionLayout } from '../position-numbers';

/** Letters, if there are any, and numbers below a map; `y` is its lower edge. */
export interface SequenceLayout extends PositionLayout {
  sequence?: string;
  colours?: LetterColours;
}

/** The axis of positions below a map; `right` and `bottom` are how far it reaches. */
export function sequenceAxis(layout: SequenceLayout): { markup: string; right: number; bottom: number } {
  const { sequence, colours, x, y, columnWidth } = layout;
  const height = sequence ? Math.min(13, Math.max(6, 1.6 * columnWidth)) : 0;
  const box = { x, y: y + 3, width: layout.count * columnWidth, height };
  const numbers = positionNumbers({ ...layout, y: y + height + 16 });
  const letters = sequence ? letterStrip(sequence, box, colours) : '';
  return { markup: letters + numbers.markup, right: numbers.right, bottom: y + height + 22 };
}

import { element, label } from './svg';
import { textWidth } from './text-width';

const SIZE = 10; // px

/** 1, 5, 10, 50 and so on. */
const STEPS = Array.from({ length: 20 }, (_, i) => 10 ** Math.floor(i / 2) * (i % 2 ? 5 : 1));

/** Where the first column begins, how wide columns are and where the numbers stand. */
export interface PositionLayout {
  /** How many positions there are, and the number of the first. */
  count: number;
  first: number;
  x: number;
  columnWidth: number;
  /** Baseline of the numbers. */
  y: number;
}

/**
 * Numbers under the columns, as many as have room: all, or every fifth, tenth, fiftieth. `right` is how far the last one
 * reaches, which may be beyond its column.
 */
export function positionNumbers({ count, first, x, columnWidth, y }: PositionLayout): {
  markup: string;
  right: number;
} {
  const room = 0.63 * SIZE * String(first + count).length + 4; // px for the widest number
  const step = STEPS.find((s) => s * columnWidth >= room) ?? STEPS.at(-1)!;
  const hasFirst = first % step === 1 && (step - 1) * columnWidth >= room;
  const next = Math.ceil(first / step) * step;
  const round = Array.from(
    { length: Math.max(0, Math.ceil((first + count - next) / step)) },
    (_, i) => next + i * step,
  );
  const numbers = hasFirst ? [first, ...round] : round;
  const middle = (number: number) => x + (number - first + 0.5) * columnWidth;
  const texts = numbers.map((number) => label(String(number), { x: middle(number), y }));
  const last = numbers.at(-1);
  return {
    markup: element('g', { 'text-anchor': 'middle', 'font-size': SIZE, 'fill-opacity': 0.8 }, ...texts),
    right: last === undefined ? x : middle(last) + textWidth(String(last), SIZE) / 2,
  };
}

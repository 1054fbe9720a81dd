import { formatNumber } from './format-number';

/** What a number should be. */
export interface Bound {
  /** As a reader sees it: ≤ 0.001. */
  readonly text: string;
  /** Whether a number is so; one that is not finite never is. */
  readonly holds: (value: number) => boolean;
}

const bound = (text: string, holds: (value: number) => boolean): Bound => ({
  text,
  holds: (value) => Number.isFinite(value) && holds(value),
});

/** No more than this. */
export const atMost = (most: number): Bound => bound(`≤ ${formatNumber(most)}`, (value) => value <= most);

/** No less than this. */
export const atLeast = (least: number): Bound => bound(`≥ ${formatNumber(least)}`, (value) => value >= least);

/** Less than this. */
export const below = (limit: number): Bound => bound(`< ${formatNumber(limit)}`, (value) => value < limit);

/** More than this. */
export const above = (limit: number): Bound => bound(`> ${formatNumber(limit)}`, (value) => value > limit);

/** From one number to another, both included. */
export const within = (least: number, most: number): Bound =>
  bound(`${formatNumber(least)} to ${formatNumber(most)}`, (value) => value >= least && value <= most);

/** This very number. */
export const exactly = (wanted: number): Bound => bound(`= ${formatNumber(wanted)}`, (value) => value === wanted);

import { packLanes } from '../lanes';

/** A piece of a circular genome. */
export interface CircularFeature {
  /** First position, counted from 0. */
  readonly start: number;
  /** Behind the last position; beyond the genome's length where the feature goes on across the origin. */
  readonly end: number;
  /** `+` is drawn outside the circle and points clockwise, `-` inside and points back, `.` outside without a point. */
  readonly strand?: '+' | '-' | '.';
  readonly name?: string;
  /** Any CSS colour; by strand unless said. */
  readonly colour?: string;
}

/** @throws RangeError for a feature that is not on the circle */
export function checkFeature({ start, end, name }: CircularFeature, lengthBp: number): void {
  const isOnCircle = start >= 0 && start < lengthBp && end > start && end - start <= lengthBp;
  if (isOnCircle) return;
  throw new RangeError(
    `circularMap: expected ${name ?? 'a feature'} to start on the circle of ${lengthBp} bp and to end behind its start, ` +
      `beyond ${lengthBp} across the origin, got ${start} to ${end}`,
  );
}

/** The features of one side with a lane each: the longest next to the circle, none over another. */
export function featureLanes(
  features: readonly CircularFeature[],
  lengthBp: number,
): { feature: CircularFeature; lane: number }[] {
  const sorted = features.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  const lanes = packLanes(sorted, (a, b) => overlap(a, b, lengthBp));
  return sorted.map((feature, i) => ({ feature, lane: lanes[i] }));
}

/** Whether two features of a circle share a position. */
function overlap(a: CircularFeature, b: CircularFeature, lengthBp: number): boolean {
  const distance = (from: number, to: number) => (((to - from) % lengthBp) + lengthBp) % lengthBp;
  return distance(a.start, b.start) < a.end - a.start || distance(b.start, a.start) < b.end - b.start;
}

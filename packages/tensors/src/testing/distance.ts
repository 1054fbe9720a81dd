/**
 * max|a − b| / max|b|, and max|a − b| where b is all zeros. NaN agrees with NaN alone and an infinity with itself alone:
 * every other pair of theirs is infinitely far apart. Raises `RangeError` where the lengths differ.
 */
export function distance(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`distance: expected ${expected.length} elements, got ${actual.length}`);
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, gap(actual[i], expected[i]));
    if (Number.isFinite(expected[i])) largest = Math.max(largest, Math.abs(expected[i]));
  }
  return largest > 0 ? difference / largest : difference;
}

function gap(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  return Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity;
}

/** True where the distance is at most `tolerance`. */
export const allClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean =>
  distance(actual, expected) <= tolerance;

/** Raises an error that shows both sides at the worst place unless `allClose`; `what` names the result. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = 'result',
): void {
  const found = distance(actual, expected);
  if (found <= tolerance) return;
  const at = worst(actual, expected);
  throw new Error(
    `${what}: distance ${found.toExponential(2)} exceeds ${tolerance}; at ${at} of ${expected.length} expected ${expected[at]}, got ${actual[at]}`,
  );
}

function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let at = 0;
  for (let i = 1; i < expected.length; i++) if (gap(actual[i], expected[i]) > gap(actual[at], expected[at])) at = i;
  return at;
}

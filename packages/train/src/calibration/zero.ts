/** A function and its derivative at a place. */
export interface Slope {
  readonly value: number;
  readonly derivative: number;
}

/** Steps after which 1e-13 is reached by bisection alone, with some to spare. */
const mostSteps = 100;

/**
 * Where a function that never falls is 0 between −limit and limit: 0 if it is there, else the end towards which it
 * would be. Newton's method from 0, with bisection where a step leaves the bracket or does not halve it (Press et al.,
 * Numerical Recipes, section 9.4).
 */
export function zeroOf(f: (x: number) => Slope, limit: number): number {
  let at = f(0);
  if (at.value === 0) return 0;
  const end = at.value < 0 ? limit : -limit;
  if (f(end).value * Math.sign(end) <= 0) return end;
  let [low, high] = [Math.min(0, end), Math.max(0, end)];
  let [x, lastStep] = [0, limit];
  for (let i = 0; i < mostSteps && at.value !== 0; i++) {
    if (at.value < 0) low = x;
    else high = x;
    const newton = x - at.value / at.derivative;
    const isGood = newton > low && newton < high && Math.abs(newton - x) < lastStep / 2;
    const next = isGood ? newton : (low + high) / 2;
    lastStep = Math.abs(next - x);
    x = next;
    if (lastStep < 1e-13) break;
    at = f(x);
  }
  return x;
}

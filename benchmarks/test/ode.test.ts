import { describe, expect, it } from 'vitest';
import { dopri5 } from '../src/ode/dopri5';
import { rk4 } from '../src/ode/rk4';

/** A turn of the circle, whose solution is known: (cos t, −sin t). */
const circle = ([x, y]: Float64Array) => Float64Array.of(y, -x);
const start = Float64Array.of(1, 0);
const distance = (found: Float64Array, end: number) => Math.hypot(found[0] - Math.cos(end), found[1] + Math.sin(end));

describe('the solvers that the benchmark compares with', () => {
  it('RK4 errs 16 times less in half the step', () => {
    const [coarse, fine] = [50, 100].map((steps) => distance(rk4(circle, start, { end: 5, steps }), 5));
    expect(coarse / fine).toBeGreaterThan(14);
    expect(coarse / fine).toBeLessThan(18);
  });

  it('the adaptive one errs about as much as it may', () => {
    const [coarse, fine] = [1e-5, 1e-8].map((rtol) => distance(dopri5(circle, start, { end: 5, rtol, atol: 0 }), 5));
    expect(coarse).toBeLessThan(1e-4);
    expect(fine).toBeLessThan(1e-7);
    expect(coarse).toBeGreaterThan(fine);
  });
});

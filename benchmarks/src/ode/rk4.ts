import { moved, type Slope } from './state';

/** The state at `end` after so many equal steps of the classical method of order 4. */
export function rk4(f: Slope, y0: Float64Array, { end, steps }: { end: number; steps: number }): Float64Array {
  const h = end / steps;
  let y = y0;
  for (let i = 0; i < steps; i++) {
    const k1 = f(y);
    const k2 = f(moved(y, h, [0.5], [k1]));
    const k3 = f(moved(y, h, [0.5], [k2]));
    const k4 = f(moved(y, h, [1], [k3]));
    y = moved(y, h, [1 / 6, 1 / 3, 1 / 3, 1 / 6], [k1, k2, k3, k4]);
  }
  return y;
}

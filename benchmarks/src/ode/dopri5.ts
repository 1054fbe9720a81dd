import { moved, type Slope } from './state';

/** Stages of Dormand & Prince 1980; the last row is the solution of order 5. */
const stages = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Solution of order 5 less that of order 4. */
const error = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** How far, and how exactly. */
export interface Course {
  readonly end: number;
  readonly rtol: number;
  readonly atol: number;
}

/** The state at `end`, in steps whose error is what is tolerated (Hairer, Nørsett & Wanner 1993, II.4). */
export function dopri5(f: Slope, y0: Float64Array, { end, rtol, atol }: Course): Float64Array {
  let [t, h, y] = [0, end / 100, y0];
  while (t < end) {
    h = Math.min(h, end - t);
    const { next, slopes } = tryStep(f, y, h);
    const missed = moved(new Float64Array(y.length), h, error, slopes);
    const ratio = rms(missed.map((e, i) => e / (atol + rtol * Math.max(Math.abs(y[i]), Math.abs(next[i])))));
    if (ratio <= 1) [t, y] = [h === end - t ? end : t + h, next];
    h *= Math.min(Math.max(0.9 * ratio ** -0.2, 0.2), 10);
  }
  return y;
}

function tryStep(f: Slope, y: Float64Array, h: number) {
  const slopes = [f(y)];
  let next = y;
  for (const weights of stages) {
    next = moved(y, h, weights, slopes);
    slopes.push(f(next));
  }
  return { next, slopes };
}

const rms = (x: Float64Array): number => Math.sqrt(x.reduce((total, value) => total + value * value, 0) / x.length);

import { criticalEulerStep, type Pendulum } from '@hairpin/bio';
import { decayRate } from '@hairpin/interpret';
import { odeint } from '@hairpin/layers';
import { concat, mul, slice, sub, type Tensor, tensor } from '@hairpin/tensors';

/** Swings of one method, each row with a step of its own. */
export interface Swings {
  readonly method: 'euler' | 'rk4';
  readonly pendulum: Pendulum;
  readonly steps: number;
}

const between = 10; // steps from one look at the pendulum to the next

/**
 * By how much the swings of a pendulum grow at each step of a method, in nats, by least squares over the logarithm of
 * √energy; ∞ where they left the range of numbers.
 */
export async function growthOf({ method, pendulum, steps }: Swings, stepSizes: readonly number[]): Promise<number[]> {
  const { frequency, damping } = pendulum;
  const field = (_: Tensor, y: Tensor) => {
    const [angle, velocity] = [slice(y, [0, 0], [undefined, 1]), slice(y, [0, 1])];
    const pull = mul(angle, -(frequency ** 2));
    return concat([velocity, sub(pull, mul(velocity, 2 * damping * frequency))], 1);
  };
  const looks = Math.floor(steps / between) + 1;
  const times = stepSizes.map((h) => Array.from({ length: looks }, (_, k) => k * between * h));
  const start = tensor(stepSizes.map(() => [1, 0]));
  const swings = await odeint(field, start, times, { method, steps: between }).data();
  return stepSizes.map((_, row) => {
    const logs = Float64Array.from({ length: looks }, (_, k) => {
      const at = 2 * (row * looks + k);
      return Math.log(Math.hypot(frequency * swings[at], swings[at + 1]));
    });
    return logs.every(Number.isFinite) ? decayRate(logs).slope / between : Infinity;
  });
}

const candidates = 24;

/** The step from which on Euler's swings grow, found by trying: a coarse row of steps, then a fine one. */
async function findCriticalStep(swings: Swings): Promise<number> {
  const coarse = Array.from({ length: candidates }, (_, i) => 0.01 * 200 ** (i / (candidates - 1)));
  const growth = await growthOf(swings, coarse);
  const first = growth.findIndex((value) => value > 0);
  const [low, high] = [coarse[first - 1], coarse[first]];
  const fine = Array.from({ length: candidates }, (_, i) => low + ((high - low) * i) / (candidates - 1));
  return zeroOf(fine, await growthOf(swings, fine));
}

/** Where the line through the values first reaches 0. */
export function zeroOf(xs: readonly number[], values: ArrayLike<number>): number {
  const at = Array.from(values).findIndex((value) => value > 0);
  if (at <= 0) return NaN;
  const share = values[at - 1] / (values[at - 1] - values[at]);
  return xs[at - 1] + share * (xs[at] - xs[at - 1]);
}

/** A step of forward Euler, y + h·A·y, as a matrix.   [2 · 2] */
export function forwardStep({ frequency, damping }: Pendulum, h: number): number[] {
  return [1, h, -h * frequency ** 2, 1 - 2 * damping * frequency * h];
}

/** A step of backward Euler, (1 − h·A)⁻¹·y, as a matrix.   [2 · 2] */
export function backwardStep({ frequency, damping }: Pendulum, h: number): number[] {
  const drag = 1 + 2 * damping * frequency * h;
  const determinant = drag + (h * frequency) ** 2;
  return [drag, h, -h * frequency ** 2, 1].map((entry) => entry / determinant);
}

/** The step at which theory has it, and the one that was found. */
export async function compareCriticalStep(swings: Swings) {
  const [bound, found] = [criticalEulerStep(swings.pendulum), await findCriticalStep(swings)];
  return { bound, found, apart: Math.abs(found / bound - 1) };
}

import { logOdds } from '../pwm';
import type { Background, Matrix } from '../pwm';

/** How finely weights are resolved; as in FIMO since 4.9.1. */
const RANGE = 1000;

/** Log-odds in whole steps, so that the distribution of their sums is exact. */
export interface IntegerWeights {
  readonly width: number;
  readonly letters: number;
  /** 0 to 1000. [width, letters] */
  readonly steps: Int32Array;
  /** Steps to a bit. */
  readonly scale: number;
  /** What 0 steps are, in bits. */
  readonly origin: number;
}

/** log₂(p/q) of probabilities above 0, with a whole number of steps to the bit and a whole number of bits for 0 steps. */
export function integerWeights(probabilities: Matrix, background: Background): IntegerWeights {
  const weights = logOdds(probabilities, background).flat();
  const largest = weights.reduce((a, b) => Math.max(a, b));
  const least = weights.reduce((a, b) => Math.min(a, b));
  const origin = Math.floor(largest === least ? largest - 1 : least);
  const scale = Math.floor(RANGE / (largest - origin));
  const steps = Int32Array.from(weights, (weight) => Math.round((weight - origin) * scale));
  return { width: probabilities.length, letters: background.length, steps, scale, origin };
}

/** A sum of steps over all positions, in bits. */
export function toBits(steps: number, { width, scale, origin }: IntegerWeights): number {
  return steps / scale + width * origin;
}

/** P(sum of steps ≥ s) for letters drawn from the background, s from 0 (Staden 1989): exact, the tail to its last digit. */
export function exactSurvival({ width, letters, steps }: IntegerWeights, background: Background): Float64Array {
  let pmf: Float64Array = Float64Array.of(1);
  for (let position = 0; position < width; position++) {
    const row = steps.subarray(position * letters, (position + 1) * letters);
    const next = new Float64Array(pmf.length + row.reduce((a, b) => Math.max(a, b)));
    row.forEach((step, letter) => {
      for (let s = 0; s < pmf.length; s++) next[s + step] += pmf[s] * background[letter];
    });
    pmf = next;
  }
  for (let s = pmf.length - 2; s >= 0; s--) pmf[s] += pmf[s + 1]; // from the far end, so that small terms are not lost
  return pmf.map((p) => Math.min(1, p));
}

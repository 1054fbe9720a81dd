import { happens, normalFrom, uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** How methylation is averaged and measured. */
export interface SimulateMethylationOptions {
  readonly rng: RandomSource;
  /** How much of its average each site keeps from step to step, from 0 to below 1; one number per site. */
  readonly decays: readonly number[];
  /** Series, 100 unless said. */
  readonly count?: number;
  /** Steps, 200 unless said. */
  readonly length?: number;
  /** Of the measurement, 0.05 unless said; measured values may leave 0 to 1 by it. */
  readonly noiseSd?: number;
  /** How often a site's methylation changes in a step, 0.05 unless said. */
  readonly change?: number;
}

/** Series of several sites, step by step: what happened, its moving average, and that with noise. */
export interface SimulatedMethylation {
  /** 1 where a site is methylated, else 0.   [count, length, sites] */
  readonly methylated: Float32Array;
  /** m′ = decay·m + (1 − decay)·methylated, from 0 on: within 0 and 1, each site by itself.   [count, length, sites] */
  readonly averages: Float32Array;
  /** averages + noise.   [count, length, sites] */
  readonly measured: Float32Array;
  readonly shape: readonly [count: number, length: number, sites: number];
}

/** Methylation that comes and goes at every site by itself, and its exponential moving average. */
export function simulateMethylation({ rng, decays, ...options }: SimulateMethylationOptions): SimulatedMethylation {
  const { count = 100, length = 200, noiseSd = 0.05, change = 0.05 } = options;
  const wrong = decays.find((decay) => !(decay >= 0 && decay < 1));
  if (wrong !== undefined) {
    throw new RangeError(`simulateMethylation: expected decays from 0 to below 1, got ${wrong}`);
  }
  const shape = [count, length, decays.length] as const;
  const [methylated, averages, measured] = [0, 1, 2].map(() => new Float32Array(count * length * decays.length));
  for (let row = 0; row < count; row++) {
    decays.forEach((decay, site) => {
      let [state, average] = [Math.round(uniformFrom(rng)), 0];
      for (let t = 0; t < length; t++) {
        if (happens(rng, change)) state = 1 - state;
        average = decay * average + (1 - decay) * state;
        const at = (row * length + t) * decays.length + site;
        methylated[at] = state;
        averages[at] = average;
        measured[at] = average + noiseSd * normalFrom(rng);
      }
    });
  }
  return { methylated, averages, measured, shape };
}

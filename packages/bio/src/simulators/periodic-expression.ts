import { happens, normalFrom, uniformFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** How genes cycle. */
export interface SimulateExpressionOptions {
  readonly rng: RandomSource;
  /** When they are measured; need not be evenly spaced. */
  readonly times: readonly number[];
  /** In the units of the times. */
  readonly period: number;
  /** 100 unless said. */
  readonly genes?: number;
  /** The share of genes that cycle, 0.5 unless said. */
  readonly periodic?: number;
  /** How the swing shrinks as cells lose step, per unit of time: 0 unless said. */
  readonly damping?: number;
  /** 0.3 unless said. */
  readonly noiseSd?: number;
}

/** Expression of genes over time. */
export interface SimulatedExpression {
  /** [genes, times] */
  readonly values: Float64Array;
  /** The height of a gene's cycle; 0 for one that does not cycle.   [genes] */
  readonly amplitudes: Float64Array;
  /** When a gene is at its height first, from 0 to below the period.   [genes] */
  readonly peaks: Float64Array;
}

/** Genes that rise and fall with the cell cycle, each at its own time, among others that only scatter around their mean, 0. */
export function simulateExpression({ rng, times, period, ...options }: SimulateExpressionOptions): SimulatedExpression {
  const { genes = 100, periodic = 0.5, damping = 0, noiseSd = 0.3 } = options;
  if (!(period > 0)) throw new RangeError(`simulateExpression: expected a period above 0, got ${period}`);
  const amplitudes = Float64Array.from({ length: genes }, () => (happens(rng, periodic) ? 0.5 + uniformFrom(rng) : 0));
  const peaks = Float64Array.from({ length: genes }, () => period * uniformFrom(rng));
  const values = new Float64Array(genes * times.length);
  for (let gene = 0; gene < genes; gene++) {
    times.forEach((time, i) => {
      const swing = Math.exp(-damping * time) * Math.cos((2 * Math.PI * (time - peaks[gene])) / period);
      values[gene * times.length + i] = amplitudes[gene] * swing + noiseSd * normalFrom(rng);
    });
  }
  return { values, amplitudes, peaks };
}

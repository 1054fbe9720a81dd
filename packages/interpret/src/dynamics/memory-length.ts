import { checkNdArray, lengthsOf, type NdArray } from './nd-array';

/** How far back a memory reaches, in steps. For a norm that falls as e^{−d/τ}, all but `area` are τ for large τ. */
export interface MemoryLength {
  /** Distance at which the norm has fallen to 1/e of that at distance 0, between two steps if need be; ∞ where it never does. */
  readonly eFolding: number;
  /** Σ_d ‖g_d‖ / ‖g_0‖: as many steps at full strength would weigh as much. 1/(1 − e^{−1/τ}) for e^{−d/τ}. */
  readonly area: number;
  /** Σ_d d·‖g_d‖ / Σ_d ‖g_d‖: how far away what is remembered is on average. 1/(e^{1/τ} − 1) for e^{−d/τ}. */
  readonly meanDistance: number;
}

/**
 * Effective memory lengths, from how a gradient decays.
 *
 * @param logNorms ln of a norm by distance, d = 0 first: a row of `gradientReach`
 */
export function memoryLength(logNorms: ArrayLike<number>): MemoryLength {
  if (logNorms.length === 0)
    throw new RangeError('memoryLength: expected the norms of at least one distance, got none');
  const logs = Array.from(logNorms);
  const top = logs.reduce((a, b) => Math.max(a, b));
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    eFolding: firstBelow(logs, logs[0] - 1),
    area: Math.exp(top - logs[0]) * total,
    meanDistance: weights.reduce((sum, weight, d) => sum + weight * d, 0) / total,
  };
}

/** Where the line through the values first reaches a level, ∞ where it never does. */
function firstBelow(logs: readonly number[], level: number): number {
  const d = logs.findIndex((log) => log <= level);
  if (d <= 0) return d < 0 ? Infinity : 0;
  const fall = logs[d - 1] - logs[d];
  return fall === Infinity ? d : d - 1 + (logs[d - 1] - level) / fall;
}

/** A straight line through logarithms of norms. */
export interface DecayRate {
  /** Nats per step of distance: below 0 the gradient vanishes, above it explodes. */
  readonly slope: number;
  readonly intercept: number;
}

/**
 * The slope of ln ‖gradient‖ against the distance, by least squares over the distances from `from` up to `to` (all unless
 * said): to be compared with the largest Lyapunov exponent.
 */
export function decayRate(logNorms: ArrayLike<number>, { from = 0, to = logNorms.length } = {}): DecayRate {
  const count = to - from;
  if (!(from >= 0 && to <= logNorms.length && count >= 2))
    throw new RangeError(`decayRate: expected at least two of ${logNorms.length} distances, got ${from} to ${to}`);
  const middle = (from + to - 1) / 2;
  let [sum, product, squares] = [0, 0, 0];
  for (let d = from; d < to; d++) {
    sum += logNorms[d];
    product += (d - middle) * logNorms[d];
    squares += (d - middle) ** 2;
  }
  const slope = product / squares;
  return { slope, intercept: sum / count - slope * middle };
}

/**
 * The half-life of each unit in steps, ln ½ / mean ln |f|, from the factors by which it keeps what it holds: forget gates, or
 * `selfFactors` of Jacobians. ∞ where it keeps all or grows, 0 where a factor is 0.
 *
 * @param factors [batch, length, units]
 */
export function halfLives(factors: NdArray, { lengths }: { lengths?: ArrayLike<number> } = {}): Float64Array {
  checkNdArray('halfLives', factors, ['batch', 'length', 'units']);
  const [, length, units] = factors.shape;
  const ends = lengthsOf('halfLives', factors.shape, lengths);
  const steps = ends.reduce((a, b) => a + b, 0);
  const sums = new Float64Array(units);
  for (const [row, end] of ends.entries())
    for (let i = 0; i < end * units; i++)
      sums[i % units] += Math.log(Math.abs(factors.values[row * length * units + i]));
  return sums.map((sum) => (sum >= 0 ? Infinity : (-Math.LN2 * steps) / sum));
}

/** ∂h_{t,i}/∂h_{t−1,i}, by which each unit keeps what it holds.   [batch, steps, width, width] → [batch, steps, width] */
export function selfFactors(jacobians: NdArray): NdArray<Float64Array> {
  checkNdArray('selfFactors', jacobians, ['batch', 'steps', 'width', 'width']);
  const [batch, steps, width] = jacobians.shape;
  const at = (i: number) => Math.floor(i / width) * width ** 2 + (i % width) * (width + 1);
  const values = Float64Array.from({ length: batch * steps * width }, (_, i) => jacobians.values[at(i)]);
  return { values, shape: [batch, steps, width] };
}

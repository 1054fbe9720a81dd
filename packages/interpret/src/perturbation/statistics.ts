/** A mean over sequences or repeats, and how far it may be off. */
export interface Estimate {
  readonly mean: Float64Array;
  /** Standard deviation over √count; NaN where there is only one. */
  readonly standardError: Float64Array;
}

/** Mean over the first axis of `values` [count, …]. */
export function estimate(values: Float64Array, count: number): Estimate {
  const size = values.length / count;
  const mean = new Float64Array(size);
  const standardError = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < count; i++) mean[k] += values[i * size + k] / count;
    let squares = 0;
    for (let i = 0; i < count; i++) squares += (values[i * size + k] - mean[k]) ** 2;
    standardError[k] = Math.sqrt(squares / (count - 1) / count);
  }
  return { mean, standardError };
}

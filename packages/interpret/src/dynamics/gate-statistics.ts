import { type LongRun, Pace } from '../long-run';
import { checkNdArray, lengthsOf, type NdArray } from './nd-array';

/** Rows that end before others. */
export interface GateOptions {
  /** Length of each row; what lies beyond does not count. */
  readonly lengths?: ArrayLike<number>;
}

/** What gates do over time, [units] each. */
export interface GateStatistics {
  readonly mean: Float64Array;
  readonly standardDeviation: Float64Array;
  /** Fraction of the time below `low`: left-saturated. */
  readonly closed: Float64Array;
  /** Fraction of the time above `high`: right-saturated. */
  readonly open: Float64Array;
  /** Values of each unit. */
  readonly count: number;
}

/**
 * Mean, spread and saturation of gates (Karpathy, Johnson & Fei-Fei 2015: below 0.1 and above 0.9).
 *
 * @param gates [batch, length, units], such as a `tap` inside a cell gives
 */
export function gateStatistics(
  gates: NdArray,
  { low = 0.1, high = 0.9, lengths }: GateOptions & { readonly low?: number; readonly high?: number } = {},
): GateStatistics {
  const rows = rowsOf('gateStatistics', gates, lengths);
  const units = gates.shape[2];
  const count = rows.reduce((sum, { length }) => sum + length, 0);
  const average = (of: (value: number, unit: number) => number) => {
    const sums = new Float64Array(units);
    for (const { length, at } of rows)
      for (let t = 0; t < length; t++) for (let u = 0; u < units; u++) sums[u] += of(at(t, u), u);
    return sums.map((sum) => sum / count);
  };
  const mean = average((value) => value);
  return {
    mean,
    standardDeviation: average((value, u) => (value - mean[u]) ** 2).map(Math.sqrt),
    closed: average((value) => Number(value < low)),
    open: average((value) => Number(value > high)),
    count,
  };
}

/**
 * The autocorrelation of each unit, r_k = Σ_t (g_t − ḡ)(g_{t+k} − ḡ) / Σ_t (g_t − ḡ)², the mean over all rows, pairs within them
 * (Box & Jenkins 1976). NaN of a unit that never changes.   → [units, maxLag + 1]
 *
 * @param gates [batch, length, units]
 */
export async function autocorrelation(
  gates: NdArray,
  { maxLag = 100, lengths, ...run }: GateOptions & LongRun & { readonly maxLag?: number } = {},
): Promise<NdArray<Float64Array>> {
  const rows = rowsOf('autocorrelation', gates, lengths);
  const units = gates.shape[2];
  const { mean } = gateStatistics(gates, lengths && { lengths });
  const values = new Float64Array(units * (maxLag + 1));
  const pace = new Pace(run, rows.length * units);
  for (const [row, { length, at }] of rows.entries())
    for (let u = 0; u < units; u++) {
      for (let lag = 0; lag <= maxLag; lag++)
        for (let t = 0; t + lag < length; t++)
          values[u * (maxLag + 1) + lag] += (at(t, u) - mean[u]) * (at(t + lag, u) - mean[u]);
      await pace.reach(row * units + u + 1);
    }
  return { values: values.map((sum, i) => sum / values[i - (i % (maxLag + 1))]), shape: [units, maxLag + 1] };
}

/** One row of the batch. */
interface Row {
  readonly length: number;
  readonly at: (t: number, unit: number) => number;
}

/** The rows of [batch, length, units], each as long as it is. */
export function rowsOf(where: string, gates: NdArray, lengths?: ArrayLike<number>): Row[] {
  checkNdArray(where, gates, ['batch', 'length', 'units']);
  const [, length, units] = gates.shape;
  return lengthsOf(where, gates.shape, lengths).map((own, row) => ({
    length: own,
    at: (t, unit) => gates.values[(row * length + t) * units + unit],
  }));
}

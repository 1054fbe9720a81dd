import { type GateOptions, rowsOf } from './gate-statistics';
import type { NdArray } from './nd-array';

/** Where something happens, and how much around it is wanted. */
export interface EventAverageOptions extends GateOptions {
  /** Positions of the events in each row. */
  readonly events: readonly (readonly number[])[];
  /** Steps before an event, 10 unless said. */
  readonly before?: number;
  /** Steps after it, 10 unless said. */
  readonly after?: number;
}

/** What gates do around events. */
export interface EventAverage {
  /** [before + 1 + after], steps from the event. */
  readonly offsets: readonly number[];
  /** [offsets, units]; NaN where no event has such a neighbour. */
  readonly mean: NdArray<Float64Array>;
  /** [offsets, units], of the mean, over events; NaN where there is but one. */
  readonly standardErrors: NdArray<Float64Array>;
  /** [offsets], events whose neighbour lies inside the row. */
  readonly counts: readonly number[];
}

/**
 * Averages over windows that are aligned at events, such as the boundaries of a chromatin domain: what each gate does before,
 * at and after them. Where a window reaches past its row, only the part inside counts.
 *
 * @param gates [batch, length, units]
 */
export function eventAverage(gates: NdArray, options: EventAverageOptions): EventAverage {
  const { events, before = 10, after = 10, lengths } = options;
  const rows = rowsOf('eventAverage', gates, lengths);
  if (events.length !== rows.length)
    throw new RangeError(`eventAverage: expected the events of ${rows.length} rows, got those of ${events.length}`);
  const units = gates.shape[2];
  const offsets = Array.from({ length: before + 1 + after }, (_, i) => i - before);
  const shape = [offsets.length, units];
  const [sums, squares] = [new Float64Array(offsets.length * units), new Float64Array(offsets.length * units)];
  const counts = offsets.map(() => 0);
  const each = (visit: (value: number, i: number) => void) =>
    rows.forEach(({ length, at }, row) => {
      for (const event of events[row])
        for (const [k, offset] of offsets.entries()) {
          const t = checked(event, length, row) + offset;
          if (t >= 0 && t < length) for (let u = 0; u < units; u++) visit(at(t, u), k * units + u);
        }
    });
  each((value, i) => {
    sums[i] += value;
    if (i % units === 0) counts[Math.floor(i / units)]++;
  });
  const countAt = (i: number) => counts[Math.floor(i / units)];
  const mean = sums.map((sum, i) => sum / countAt(i));
  each((value, i) => (squares[i] += (value - mean[i]) ** 2));
  const standardErrors = squares.map((sum, i) => Math.sqrt(sum / (countAt(i) - 1) / countAt(i)));
  return { offsets, mean: { values: mean, shape }, standardErrors: { values: standardErrors, shape }, counts };
}

function checked(event: number, length: number, row: number): number {
  if (!Number.isInteger(event) || event < 0 || event >= length)
    throw new RangeError(`eventAverage: expected events from 0 to ${length - 1} in row ${row}, got ${event}`);
  return event;
}

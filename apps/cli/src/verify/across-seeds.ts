import type { ExperimentResult, ReportedNumber } from '@hairpin/experiments';
import { isFailed, type Outcome } from './outcome';

/** One number of an experiment over its seeds. */
export interface Measurement {
  readonly experiment: string;
  readonly name: string;
  readonly row?: number;
  readonly unit?: string;
  /** What it should be; several where it depends on what else a seed has measured, none where it is there to compare with. */
  readonly thresholds: readonly string[];
  readonly goals: readonly string[];
  /** By seed, in the order of the seeds; null where it is not a number. */
  readonly values: readonly { readonly seed: number; readonly value: number | null }[];
  /** Of the finite values; null where there is none. */
  readonly mean: number | null;
  /** Standard deviation of the seeds, n − 1 in the denominator; null of fewer than two. */
  readonly sd: number | null;
  /** Seeds that meet the threshold. */
  readonly met: number;
  /** Seeds that were asked: one whose run failed does not meet it. */
  readonly of: number;
}

/** The numbers of one experiment's runs, each once, in the order in which they are first reported. */
export function acrossSeeds(outcomes: readonly Outcome[]): Measurement[] {
  const results = outcomes.filter((outcome): outcome is ExperimentResult => !isFailed(outcome));
  const keys = new Set(results.flatMap(({ numbers }) => numbers.map(keyOf)));
  return [...keys].map((key) => measurement(key, results, outcomes.length));
}

/** Whether a threshold was not met by every seed. */
export const isMissed = ({ thresholds, met, of }: Measurement): boolean => thresholds.length > 0 && met < of;

const keyOf = ({ row, name }: ReportedNumber): string => `${row ?? ''} ${name}`;

function measurement(key: string, results: readonly ExperimentResult[], of: number): Measurement {
  const found = results.flatMap(({ seed, numbers }) => {
    const number = numbers.find((one) => keyOf(one) === key);
    return number ? [{ seed, ...number }] : [];
  });
  const { name, row, unit } = found[0];
  return {
    ...{ experiment: results[0].experiment, name, ...(row !== undefined && { row }), ...(unit && { unit }) },
    thresholds: distinct(found.map(({ threshold }) => threshold)),
    goals: distinct(found.map(({ goal }) => goal)),
    values: found.map(({ seed, value }) => ({ seed, value })),
    ...spread(found.flatMap(({ value }) => value ?? [])),
    met: found.filter(({ pass }) => pass).length,
    of,
  };
}

const distinct = (texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text) => text !== undefined)),
];

function spread(values: readonly number[]): Pick<Measurement, 'mean' | 'sd'> {
  if (values.length === 0) return { mean: null, sd: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null };
}

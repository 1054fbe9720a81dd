import { formatNumber } from '@hairpin/experiments';
import { acrossSeeds, isMissed, type Measurement } from './across-seeds';
import { isFailed, type Outcome } from './outcome';

const measurementsOf = (outcomes: readonly Outcome[]): Measurement[] => {
  const names = [...new Set(outcomes.map(({ experiment }) => experiment))];
  return names.flatMap((name) => acrossSeeds(outcomes.filter(({ experiment }) => experiment === name)));
};

/** Whether every threshold was met by every seed, and no run failed. */
export const isAllMet = (outcomes: readonly Outcome[]): boolean =>
  !outcomes.some(isFailed) && !measurementsOf(outcomes).some(isMissed);

/** For a person: what was judged, and what is not as it should be. */
export function summary(outcomes: readonly Outcome[], page: string): string {
  const judged = measurementsOf(outcomes).filter(({ thresholds }) => thresholds.length > 0);
  const widest = Math.max(0, ...judged.map(({ experiment }) => experiment.length));
  const lines = judged.map((it) => {
    const mean = it.mean === null ? 'not a number' : formatNumber(it.mean);
    const bound = it.thresholds.join(' / ');
    return `${isMissed(it) ? '✗' : '✓'} ${it.experiment.padEnd(widest)}  ${it.name}  ${mean} (should be ${bound}; ${it.met} of ${it.of} seeds)`;
  });
  const failures = outcomes.filter(isFailed).map((it) => `✗ ${it.experiment}, seed ${it.seed}, failed: ${it.error}`);
  return [...lines, ...failures, `page ${page}`].join('\n');
}

/** For a program: one line. */
export function asJson(outcomes: readonly Outcome[], page: string): object {
  const measurements = measurementsOf(outcomes);
  const numbers = measurements.map(({ experiment, name, row = null, unit = null, thresholds, values, ...rest }) => {
    const { mean, sd, met, of } = rest;
    return { experiment, row, name, unit, thresholds, values, mean, sd, met, of };
  });
  const failed = outcomes.filter(isFailed).map(({ experiment, seed, error }) => ({ experiment, seed, error }));
  return { pass: isAllMet(outcomes), numbers, failed, page };
}

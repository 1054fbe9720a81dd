import type { ExperimentResult, ReportedNumber } from '@hairpin/experiments';
import manifest from '../../package.json' with { type: 'json' };

/** A result made by hand. */
export function result(
  experiment: string,
  seed: number,
  numbers: readonly ReportedNumber[],
  more: Partial<ExperimentResult> = {},
): ExperimentResult {
  return {
    ...{
      experiment,
      seed,
      numbers,
      question: `What is ${experiment}?`,
      rows: [1],
      biology: 'None.',
      equation: 'x = x',
    },
    ...{ size: 'full', options: {}, device: 'cpu', adapter: 'by hand', seconds: 12.4 },
    ...{ run: { version: manifest.version, date: '2026-01-31' }, sources: [], blocks: [], ...more },
  };
}

/** A number that should be at most 1. */
export const small = (value: number | null): ReportedNumber => ({
  ...{ name: 'size', row: 3, unit: 'bp', threshold: '≤ 1' },
  ...{ value, pass: value !== null && value <= 1 },
});

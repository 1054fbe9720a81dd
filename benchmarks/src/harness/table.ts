import { asMarkdown } from './markdown';
import type { Report, Result } from './result';

const header = ['case', 'system', 'median', 'middle half', 'ratio', 'first turn', 'rate'];

/** The answer as Markdown, columns aligned as Prettier does. */
export function asTable({ results, missing }: Pick<Report, 'results' | 'missing'>): string {
  const rows = [...results.map(asRow), ...missing.map((m) => [m.case, m.system, m.reason, '', '', '', ''])];
  const isUsed = header.map((_, column) => rows.some((row) => row[column] !== ''));
  const cells = [header, ...rows].map((row) => row.filter((_, column) => isUsed[column]));
  return asMarkdown(cells);
}

const asRow = ({ case: name, system, median, unit, quartiles, ratio, first, ...rates }: Result): string[] => [
  name,
  system,
  `${digits(median)} ${unit}`,
  unit === 'ms' ? quartiles.map(milliseconds).join(' – ') : '',
  `${digits(ratio)}×`,
  first === undefined ? '' : milliseconds(first),
  rateOf(rates),
];

function rateOf({ gflops, gigabytesPerSecond }: Pick<Result, 'gflops' | 'gigabytesPerSecond'>): string {
  if (gigabytesPerSecond !== undefined) return `${digits(gigabytesPerSecond)} GB/s`;
  return gflops === undefined ? '' : `${digits(gflops)} GFLOP/s`;
}

const milliseconds = (value: number): string => `${digits(value)} ms`;

/** Three digits: more would be noise. */
export const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

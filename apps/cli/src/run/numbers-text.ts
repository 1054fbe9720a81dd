import { formatNumber, type ReportedNumber } from '@hairpin/experiments';

/** Measured numbers in columns: whether each is what it should be, its name, its value, its bound. */
export function numbersText(numbers: readonly ReportedNumber[]): string {
  const widest = Math.max(0, ...numbers.map(({ name }) => name.length));
  return numbers.map((number) => `${mark(number)} ${number.name.padEnd(widest)}  ${measured(number)}`).join('\n');
}

const mark = ({ pass }: ReportedNumber): string => (pass === null ? ' ' : pass ? '✓' : '✗');

function measured({ value, unit, threshold }: ReportedNumber): string {
  const found = `${value === null ? 'not a number' : formatNumber(value)}${unit ? ` ${unit}` : ''}`;
  return threshold ? `${found} (should be ${threshold})` : found;
}

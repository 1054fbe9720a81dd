import { count } from '../page/format';

/** A number with four digits that count: 0.9865, 12.3, 35 885, 1.47e−23. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return signed(value, count(size));
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replaceAll('-', '−').replace('e+', 'e');
  return signed(value, String(Number(size.toPrecision(4))));
}

const signed = (value: number, text: string): string => (value < 0 ? `−${text}` : text);

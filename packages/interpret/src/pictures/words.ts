/** A number for a sentence: three digits, no more zeros than it takes. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(3))).replaceAll('-', '−');
}

/** A whole number with its digits in threes: 4 641 652. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

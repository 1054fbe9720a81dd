/**
 * The smallest false discovery rate at which each test would be reported: q of a p-value is the least m·p′ / #{≤ p′} over
 * all p′ ≥ p (Benjamini & Hochberg 1995). In the order given.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[b] - pValues[a]);
  const q = new Array<number>(pValues.length);
  let least = 1;
  for (const [i, test] of order.entries()) {
    least = Math.min(least, (pValues[test] * pValues.length) / (pValues.length - i));
    q[test] = least;
  }
  return q;
}

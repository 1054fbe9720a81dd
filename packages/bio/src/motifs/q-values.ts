/** How p-values become q-values. */
export interface QValueOptions {
  /** How many tests there were, if more than the p-values given, which are then the smallest of them. */
  readonly tests?: number;
  /** The share of tests in which there is nothing to find, 1 unless said: see `piZero`. */
  readonly piZero?: number;
}

/**
 * The smallest false discovery rate at which each test would be reported (Benjamini & Hochberg 1995; Storey 2002):
 * min over p′ ≥ p of π₀·p′·m / #{p-values ≤ p′}. In the order given.
 */
export function qValues(pValues: ArrayLike<number>, options: QValueOptions = {}): Float64Array {
  const { tests = pValues.length, piZero: share = 1 } = options;
  const order = Uint32Array.from(pValues, (_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const q = new Float64Array(pValues.length);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const at = order[rank - 1];
    least = Math.min(least, (share * pValues[at] * tests) / rank);
    q[at] = least;
  }
  return q;
}

const PER_UNIT = 200;
const LAMBDAS = Array.from({ length: 100 }, (_, i) => (i + 1) / PER_UNIT); // 0.005 … 0.5, MEME's grid
const ENOUGH = 100; // MEME estimates nothing from so few p-values
const BOOTSTRAP_SIZE = 1000;

/**
 * The share of tests in which there is nothing to find, π₀(λ) = #{p ≥ λ} / ((1 − λ)·m), at the λ whose bootstrap has the
 * least expected squared error around the least π₀ (Storey 2002, algorithm 3). Where MEME draws 100 bootstraps of 1 000
 * p-values, their expectation is taken here: its q-values scatter around these. 1 for 100 p-values and fewer.
 * @param counts how often each p-value came, once unless said
 */
export function piZero(pValues: ArrayLike<number>, counts?: ArrayLike<number>): number {
  const tests = counts ? Array.from(counts).reduce((a, b) => a + b, 0) : pValues.length;
  if (tests <= ENOUGH) return 1;
  const shares = sharesAbove(pValues, counts).map((count) => count / tests);
  const estimates = shares.map((share, i) => (share > 0 ? share / (1 - LAMBDAS[i]) : Infinity));
  const least = Math.min(...estimates);
  if (least === Infinity) return 1; // no p-value is as large as any λ, so there is nothing to go by
  const errors = shares.map((share, i) => {
    const variance = (share * (1 - share)) / (BOOTSTRAP_SIZE * (1 - LAMBDAS[i]) ** 2);
    return (estimates[i] - least) ** 2 + variance;
  });
  return Math.min(1, estimates[errors.indexOf(Math.min(...errors))]);
}

/** How many p-values are at least λ, for each λ. */
function sharesAbove(pValues: ArrayLike<number>, counts?: ArrayLike<number>): number[] {
  const above = LAMBDAS.map(() => 0);
  for (let i = 0; i < pValues.length; i++) {
    const last = Math.min(above.length, Math.floor(pValues[i] * PER_UNIT)) - 1;
    if (last >= 0) above[last] += counts ? counts[i] : 1;
  }
  for (let i = above.length - 2; i >= 0; i--) above[i] += above[i + 1];
  return above;
}

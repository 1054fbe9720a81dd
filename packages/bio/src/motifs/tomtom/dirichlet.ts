import type { ColumnScore } from './column-scores';

/** The distribution that counts were drawn from, as a prior sees it: written into `source`. */
type Estimate = (counts: Float64Array, at: number, source: Float64Array) => void;

/** One Dirichlet prior with parameter 1 for each letter: p = (n + 1) / (N + 4). */
const estimateOne: Estimate = (counts, at, source) => {
  let total = source.length;
  for (let a = 0; a < source.length; a++) total += counts[at + a];
  for (let a = 0; a < source.length; a++) source[a] = (counts[at + a] + 1) / total;
};

/**
 * Five Dirichlet priors, equally likely: one for each letter, with parameter 5 for it and 1 for the others, and one with 2
 * for all. They weigh as they explain the counts. All sum to 8, so what remains of their likelihoods Γ(n + α) / Γ(α),
 * divided by what is common, Γ(n + 1), are products: (n+1)(n+2)(n+3)(n+4) / 4! and Π(n + 1).
 */
const estimateFive: Estimate = (counts, at, source) => {
  let [total, even, all] = [8, 1, 0];
  for (let a = 0; a < 4; a++) {
    const n = counts[at + a];
    source[a] = ((n + 1) * (n + 2) * (n + 3) * (n + 4)) / 24;
    [total, even, all] = [total + n, even * (n + 1), all + source[a]];
  }
  all += even;
  // Each letter has 1 from every prior, 4 more from its own, 1 more from the even one.
  for (let a = 0; a < 4; a++) source[a] = (counts[at + a] + 1 + (4 * source[a] + even) / all) / total;
};

/**
 * The Bayesian likelihood 2-component score (Habib et al. 2008, eq. 2): how much better one source explains the counts of
 * two columns than two sources do, plus how much better than the background. DNA alone.
 * @param priors 1 Dirichlet prior or a mixture of 5
 */
export function dirichlet(priors: 1 | 5): ColumnScore {
  const estimate = priors === 1 ? estimateOne : estimateFive;
  return { features: (columns, background) => features(columns, background, estimate), fillRow: fillRowWith(estimate) };
}

const STRIDE = 5; // four counts, and what the column adds alone

/** Counts, and Σ n·(log source + log background), which every score takes off. */
function features(
  { count, letters, p, sites }: Parameters<NonNullable<ColumnScore['features']>>[0],
  background: readonly number[],
  estimate: Estimate,
): Float64Array {
  if (letters !== 4) throw new RangeError(`tomtom: BLiC scores are for DNA, got ${letters} letters`);
  const table = new Float64Array(count * STRIDE);
  const source = new Float64Array(4);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < 4; a++) table[i * STRIDE + a] = sites[i] * p[i * 4 + a];
    estimate(table, i * STRIDE, source);
    for (let a = 0; a < 4; a++) table[i * STRIDE + 4] += table[i * STRIDE + a] * Math.log(source[a] * background[a]);
  }
  return table;
}

function fillRowWith(estimate: Estimate): ColumnScore['fillRow'] {
  const [common, source] = [new Float64Array(4), new Float64Array(4)];
  return ({ features: x }, i, { features: y }, row) => {
    for (let j = 0, at = 0; j < row.length; j++, at += STRIDE) {
      for (let a = 0; a < 4; a++) common[a] = x[i * STRIDE + a] + y[at + a];
      estimate(common, 0, source);
      let together = 0;
      for (let a = 0; a < 4; a++) together += common[a] * Math.log(source[a]);
      row[j] = 2 * together - x[i * STRIDE + 4] - y[at + 4];
    }
  };
}

/**
 * The least score at which the share of false ones among `scores` is estimated at or below `fdr`, from `decoys`, scores
 * of which all are false: (1 + decoys ≥ t) · scale / (scores ≥ t), the target–decoy estimate (Elias & Gygi 2007) with the
 * one that makes it hold for few scores too (Barber & Candès 2015, knockoff+). ∞ where no score reaches it.
 * @param scale how many times more was searched for the scores than for the decoys
 */
export function decoyThreshold(scores: ArrayLike<number>, decoys: ArrayLike<number>, fdr: number, scale = 1): number {
  const [targets, nulls] = [descending(scores), descending(decoys)];
  let [threshold, above] = [Infinity, 0];
  for (let rank = 1; rank <= targets.length; rank++) {
    const score = targets[rank - 1];
    while (above < nulls.length && nulls[above] >= score) above++;
    const isLastOfEqual = targets[rank] !== score;
    if (isLastOfEqual && ((1 + above) * scale) / rank <= fdr) threshold = score;
  }
  return threshold;
}

/**
 * The least value above 0 at which the false discovery rate is at or below `fdr` (Benjamini & Hochberg 1995) if all that is
 * background falls off exponentially above the mode, the right half of a Laplace distribution. Its rate is the steepest
 * of those that the 5 %, 10 % … 95 % quantiles above the mode give, since what is not background only flattens them
 * (TF-MoDISco: Shrikumar et al. 2018, technical note). ∞ where no value reaches it.
 */
export function laplaceThreshold(values: ArrayLike<number>, fdr: number): number {
  const sorted = Float64Array.from(values).sort();
  const mode = halfSampleMode(sorted);
  const tail = sorted.subarray(sorted.findIndex((value) => value >= mode));
  const rate = steepestRate(tail, mode);
  let threshold = Infinity;
  for (let rank = 1; rank <= tail.length; rank++) {
    const value = tail[tail.length - rank];
    if (!(value > Math.max(mode, 0))) break;
    const expected = tail.length * Math.exp(-rate * (value - mode));
    if (expected / rank <= fdr) threshold = value;
  }
  return threshold;
}

const descending = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort().reverse();

/** −ln(1 − p) / (quantile p − mode), at the p where it is largest; ∞ where half of a tail stands at the mode. */
function steepestRate(tail: Float64Array, mode: number): number {
  const rates = Array.from({ length: 19 }, (_, i) => (i + 1) / 20).map((p) => {
    const quantile = tail[Math.min(tail.length - 1, Math.floor(p * tail.length))];
    return -Math.log1p(-p) / (quantile - mode);
  });
  return Math.max(...rates);
}

/** The mode of sorted values: of all halves the narrowest, of that the narrowest half, … (Bickel & Frühwirth 2006). */
export function halfSampleMode(sorted: Float64Array): number {
  let sample = sorted;
  while (sample.length > 2) {
    const half = Math.ceil(sample.length / 2);
    let best = 0;
    for (let i = 1; i + half <= sample.length; i++) {
      if (sample[i + half - 1] - sample[i] < sample[best + half - 1] - sample[best]) best = i;
    }
    sample = sample.subarray(best, best + half);
  }
  return sample.length === 2 ? (sample[0] + sample[1]) / 2 : (sample[0] ?? 0);
}

import { checkSameLength } from './labelled-scores';
import { quantile } from './quantile';

/** A metric of labels and what a model says of them: `auroc`, `auprc`, `accuracy` or the reader's own. */
export type Metric = (labels: ArrayLike<number>, scores: ArrayLike<number>) => number;

/** The estimate from all data, and the bounds between which resampled estimates fall. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How to resample; any generator of whole numbers 0 … n − 1 will do, such as `Rng` of the tensors. */
export interface BootstrapOptions {
  readonly rng: { integer(n: number): number };
  readonly resamples?: number; // 1000 unless said
  readonly confidence?: number; // 0.95 unless said
}

type Strata = [label: number, scores: number[]][];

/**
 * Confidence interval of a metric by the percentile bootstrap (Efron 1979), stratified: each resample draws, with
 * replacement, as many examples of each label as there are, so that no class can go missing.
 */
export function bootstrapInterval(
  metric: Metric,
  labels: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
  { rng, resamples = 1000, confidence = 0.95 }: BootstrapOptions,
): Interval {
  checkOptions(resamples, confidence);
  checkSameLength('bootstrapInterval', labels, 'scores', scores);
  const numbers = Float64Array.from(labels as ArrayLike<number>, Number);
  const estimate = metric(numbers, scores);
  const strata = groupByLabel(numbers, scores);
  const sortedLabels = Float64Array.from(strata.flatMap(([label, group]) => group.map(() => label)));
  const resampled = new Float64Array(scores.length);
  const estimates = Float64Array.from({ length: resamples }, () => {
    resample(strata, rng, resampled);
    return metric(sortedLabels, resampled);
  }).sort();
  const tail = (1 - confidence) / 2;
  return { estimate, low: quantile(estimates, tail), high: quantile(estimates, 1 - tail) };
}

/** Fills `out`, stratum after stratum. */
function resample(strata: Strata, rng: BootstrapOptions['rng'], out: Float64Array): void {
  let at = 0;
  for (const [, group] of strata) {
    for (let n = group.length; n > 0; n--) out[at++] = group[rng.integer(group.length)];
  }
}

function checkOptions(resamples: number, confidence: number): void {
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`bootstrapInterval: expected at least one resample, got ${resamples}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`bootstrapInterval: expected a confidence between 0 and 1, got ${confidence}`);
  }
}

function groupByLabel(labels: Float64Array, scores: ArrayLike<number>): Strata {
  const groups = new Map<number, number[]>();
  labels.forEach((label, i) => {
    const group = groups.get(label);
    if (group) group.push(scores[i]);
    else groups.set(label, [scores[i]]);
  });
  return [...groups];
}

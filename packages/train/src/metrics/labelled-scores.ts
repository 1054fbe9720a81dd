/** Labels of a binary problem: 1 or true for a positive example, 0 or false for a negative one. */
export type BinaryLabels = ArrayLike<number | boolean>;

/** The scores of the two classes, each ascending. */
export interface SortedScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Sorts the scores of each class. @throws RangeError that names the first label or score that is none */
export function sortByClass(metric: string, labels: BinaryLabels, scores: ArrayLike<number>): SortedScores {
  checkSameLength(metric, labels, 'scores', scores);
  const positiveCount = countPositives(metric, labels);
  const positives = new Float64Array(positiveCount);
  const negatives = new Float64Array(labels.length - positiveCount);
  for (let i = 0, p = 0, n = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`${metric}: expected scores without NaN, got NaN at ${i}`);
    if (labels[i]) positives[p++] = scores[i];
    else negatives[n++] = scores[i];
  }
  return { positives: positives.sort(), negatives: negatives.sort() };
}

/** Raises a `RangeError` where a metric got lists of different lengths. */
export function checkSameLength(
  metric: string,
  labels: ArrayLike<unknown>,
  what: string,
  values: ArrayLike<unknown>,
): void {
  if (labels.length === values.length) return;
  throw new RangeError(`${metric}: expected as many labels as ${what}, got ${labels.length} and ${values.length}`);
}

/** Raises a `RangeError` where a metric that is no number without data got none. */
export function checkAny(metric: string, labels: ArrayLike<unknown>): void {
  if (labels.length === 0) throw new RangeError(`${metric}: expected at least one label, got none`);
}

/** Raises a `RangeError` that names the first label that is neither 0 nor 1. */
export function checkBinary(metric: string, labels: BinaryLabels): void {
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i]);
    if (label !== 0 && label !== 1) throw new RangeError(`${metric}: expected labels 0 or 1, got ${labels[i]} at ${i}`);
  }
}

/** Raises a `RangeError` that names the first value that is NaN or infinite. */
export function checkFinite(metric: string, what: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]))
      throw new RangeError(`${metric}: expected finite ${what}, got ${values[i]} at ${i}`);
  }
}

/** Raises a `RangeError` that names the first value that is no probability. */
export function checkProbabilities(metric: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] >= 0 && values[i] <= 1) continue;
    throw new RangeError(`${metric}: expected probabilities from 0 to 1, got ${values[i]} at ${i}`);
  }
}

function countPositives(metric: string, labels: BinaryLabels): number {
  checkBinary(metric, labels);
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += Number(labels[i]);
  if (positives > 0 && positives < labels.length) return positives;
  const found = labels.length === 0 ? 'no labels' : `${labels.length} labels that are all ${Number(labels[0])}`;
  throw new RangeError(`${metric}: expected labels of both classes, got ${found}`);
}

import { type BinaryLabels, checkAny, checkBinary, checkProbabilities, checkSameLength } from './labelled-scores';
import { quantile } from './quantile';
import { equalWidths, type ReliabilityCurve, StreamingReliability } from './streaming-reliability';

/** How probabilities are put into bins. */
export interface ReliabilityOptions {
  /** 10 unless said. */
  readonly bins?: number;
  /** Bins of equal width (`uniform`, unless said) or of equally many examples (`quantile`). */
  readonly strategy?: 'uniform' | 'quantile';
}

/**
 * How often examples are positive whose probability is said to be p: on the diagonal if the model is calibrated. Equal
 * to scikit-learn's `calibration_curve`, but for ten bins, and it also tells how many examples each bin has. Labels may
 * all be of one class.
 *
 * For more than two classes pass whether the prediction was right, and the probability of the predicted class.
 *
 * @throws RangeError if there is no label, lengths differ, a label is neither 0 nor 1, a probability is none, or bins
 * is no whole number of at least 1
 */
export function reliabilityCurve(
  labels: BinaryLabels,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): ReliabilityCurve {
  return curveOf('reliabilityCurve', labels, probabilities, options);
}

/** `reliabilityCurve`, whose errors name the metric that needs it. */
export function curveOf(
  metric: string,
  labels: BinaryLabels,
  probabilities: ArrayLike<number>,
  { bins = 10, strategy = 'uniform' }: ReliabilityOptions,
): ReliabilityCurve {
  checkSameLength(metric, labels, 'probabilities', probabilities);
  checkAny(metric, labels);
  checkBinary(metric, labels);
  checkProbabilities(metric, probabilities);
  const shares = equalWidths(metric, bins);
  const stream = new StreamingReliability({
    borders: strategy === 'uniform' ? shares : quantiles(probabilities, shares),
  });
  stream.add(labels, probabilities);
  return stream.value();
}

function quantiles(values: ArrayLike<number>, shares: Float64Array): Float64Array {
  const sorted = new Float64Array(values).sort();
  return shares.map((share) => quantile(sorted, share));
}

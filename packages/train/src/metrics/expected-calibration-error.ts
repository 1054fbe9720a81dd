import type { BinaryLabels } from './labelled-scores';
import { curveOf, type ReliabilityOptions } from './reliability-curve';
import type { ReliabilityCurve } from './streaming-reliability';

/**
 * Expected calibration error: the mean distance between what was predicted and what came, bins weighted by their
 * examples (Naeini et al. 2015; Guo et al. 2017, eq. 3). 0 at best. It depends on the bins: state them with it.
 *
 * @throws RangeError as `reliabilityCurve`
 */
export function expectedCalibrationError(
  labels: BinaryLabels,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): number {
  return expectedCalibrationErrorOf(curveOf('expectedCalibrationError', labels, probabilities, options));
}

/** `expectedCalibrationError` of a curve; NaN of an empty one. */
export function expectedCalibrationErrorOf({ predicted, observed, counts }: ReliabilityCurve): number {
  let [sum, all] = [0, 0];
  counts.forEach((count, bin) => {
    sum += count * Math.abs(predicted[bin] - observed[bin]);
    all += count;
  });
  return sum / all;
}

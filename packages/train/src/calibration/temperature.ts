import { checkAny, checkBinary, checkFinite } from '../metrics/labelled-scores';
import type { Classes } from '../metrics/streaming-counts';
import { type Slope, zeroOf } from './zero';

/** What the logits are of. */
export interface TemperatureOptions {
  /**
   * Logits `[examples, classes]`, row by row, for a softmax. Unless said there is one logit for each example, for a
   * sigmoid.
   */
  readonly classes?: number;
}

/** Temperatures are sought from 1 / limit to limit. */
const limit = 1000;

/**
 * The temperature T by which logits are to be divided so that their probabilities are calibrated: the one under which
 * the labels are likeliest (Guo et al. 2017, section 4.2). It changes no ranking and no prediction. To be fitted on
 * examples that the model was not trained on.
 *
 * The loss is convex in 1/T. Where it has no minimum T is at an end of what is sought: 1/1000 if every example is
 * predicted right (the surer the better), 1000 if the logits say nothing of the labels or the opposite. It is 1 where
 * that is as good as any other: the logits of each example are equal, or so large that no example is wrong by a bit.
 *
 * @throws RangeError if there is no label, lengths do not fit, a label is no class, or a logit is not finite
 */
export function fitTemperature(
  labels: Classes,
  logits: ArrayLike<number>,
  { classes }: TemperatureOptions = {},
): number {
  checkAny('fitTemperature', labels);
  checkFinite('fitTemperature', 'logits', logits);
  if (classes === undefined) checkBinary('fitTemperature', labels);
  else checkClasses(labels, classes);
  if (logits.length !== labels.length * (classes ?? 1))
    throw new RangeError(
      `fitTemperature: expected ${classes ?? 1} logits for each of ${labels.length} labels, got ${logits.length}`,
    );
  const slopeAt = classes === undefined ? binarySlope(labels, logits) : softmaxSlope(labels, logits, classes);
  const atLogarithm = (s: number): Slope => {
    const beta = Math.exp(s);
    const { value, derivative } = slopeAt(beta);
    return { value, derivative: derivative * beta };
  };
  return Math.exp(-zeroOf(atLogarithm, Math.log(limit)));
}

/** Of the loss of σ(β·z) in β: Σ z·(p − y), and Σ z²·p·(1 − p). */
const binarySlope =
  (labels: Classes, logits: ArrayLike<number>) =>
  (beta: number): Slope => {
    let [value, derivative] = [0, 0];
    for (let i = 0; i < labels.length; i++) {
      const sign = labels[i] ? -1 : 1; // the chance of the other class is σ(sign · β · z)
      const wrong = 1 / (1 + Math.exp(-sign * beta * logits[i]));
      value += sign * logits[i] * wrong;
      derivative += logits[i] * logits[i] * wrong * (1 - wrong);
    }
    return { value, derivative };
  };

/** Of the loss of softmax(β·z) in β: Σ (E[z] − z_y), and Σ Var[z], under the predicted probabilities. */
const softmaxSlope =
  (labels: Classes, logits: ArrayLike<number>, classes: number) =>
  (beta: number): Slope => {
    let [value, derivative] = [0, 0];
    for (let i = 0; i < labels.length; i++) {
      const start = i * classes;
      const own = logits[start + Number(labels[i])];
      let top = -Infinity;
      for (let c = 0; c < classes; c++) top = Math.max(top, logits[start + c]);
      let [total, first, second] = [0, 0, 0];
      for (let c = 0; c < classes; c++) {
        const z = logits[start + c];
        const chance = Math.exp(beta * (z - top));
        total += chance;
        first += chance * (z - own); // from the label's own logit: a sure and right prediction leaves no rounding
        second += chance * (z - own) ** 2;
      }
      value += first / total;
      derivative += Math.max(second / total - (first / total) ** 2, 0);
    }
    return { value, derivative };
  };

function checkClasses(labels: Classes, classes: number): void {
  if (!Number.isInteger(classes) || classes < 2)
    throw new RangeError(`fitTemperature: expected at least two classes, got ${classes}`);
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i]);
    if (Number.isInteger(label) && label >= 0 && label < classes) continue;
    throw new RangeError(`fitTemperature: expected labels 0 to ${classes - 1}, got ${labels[i]} at ${i}`);
  }
}

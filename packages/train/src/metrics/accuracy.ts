import { checkAny, checkSameLength } from './labelled-scores';
import type { ConfusionMatrix } from './streaming-counts';

/** Share of examples whose predicted class is the labelled one; any number of classes. */
export function accuracy(labels: ArrayLike<number | boolean>, predicted: ArrayLike<number | boolean>): number {
  checkSameLength('accuracy', labels, 'predictions', predicted);
  checkAny('accuracy', labels);
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    const [label, prediction] = [Number(labels[i]), Number(predicted[i])];
    if (Number.isNaN(label + prediction)) throw new RangeError(`accuracy: expected classes, got NaN at ${i}`);
    if (label === prediction) correct++;
  }
  return correct / labels.length;
}

/** `accuracy` of what a confusion matrix counted. @throws RangeError if it counted nothing */
export function accuracyOf({ classes, counts }: ConfusionMatrix): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) throw new RangeError('accuracyOf: expected at least one label, got none');
  return counts.reduce((sum, count, at) => (at % (classes + 1) === 0 ? sum + count : sum), 0) / all;
}

/** Scores as classes for `accuracy`: 1 where a score is at least `threshold` (0 for logits, 0.5 for probabilities). */
export function classify(scores: ArrayLike<number>, threshold: number): Uint8Array {
  return Uint8Array.from(scores, (score, i) => {
    if (Number.isNaN(score)) throw new RangeError(`classify: expected scores without NaN, got NaN at ${i}`);
    return score >= threshold ? 1 : 0;
  });
}

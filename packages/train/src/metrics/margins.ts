import type { ConfusionMatrix } from './streaming-counts';

/** Sums of a confusion matrix. */
export interface Margins {
  readonly all: number;
  readonly correct: number;
  /** How often each class was the label. */
  readonly labelled: Float64Array;
  /** How often each class was predicted. */
  readonly predicted: Float64Array;
}

/** Sums over rows, columns, the diagonal and all. */
export function marginsOf({ classes, counts }: ConfusionMatrix): Margins {
  const labelled = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let [all, correct] = [0, 0];
  counts.forEach((count, at) => {
    const [label, prediction] = [Math.floor(at / classes), at % classes];
    labelled[label] += count;
    predicted[prediction] += count;
    all += count;
    if (label === prediction) correct += count;
  });
  return { all, correct, labelled, predicted };
}

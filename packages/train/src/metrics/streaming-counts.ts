import { checkSameLength } from './labelled-scores';

/** Classes by number, 0 … classes − 1; false and true are 0 and 1. */
export type Classes = ArrayLike<number | boolean>;

/** How often each class was predicted for each. */
export interface ConfusionMatrix {
  readonly classes: number;
  /** Row by row: `counts[label * classes + predicted]`. */
  readonly counts: Float64Array;
}

/** Most classes of a matrix: 2¹², which take 128 MiB. */
const mostClasses = 4096;

/**
 * A confusion matrix of a stream: what `accuracyOf`, `f1Of` and `mccOf` need, exact up to 2⁵³ examples, in memory that
 * does not grow with them.
 */
export class StreamingCounts {
  readonly #counts: Float64Array; // [label, predicted]

  /** @throws RangeError unless classes is a whole number from 1 to 4096 */
  constructor(
    readonly classes: number,
    /** Whom errors name. */
    private readonly metric = 'StreamingCounts',
  ) {
    if (!Number.isInteger(classes) || classes < 1 || classes > mostClasses)
      throw new RangeError(`${metric}: expected from 1 to ${mostClasses} classes, got ${classes}`);
    this.#counts = new Float64Array(classes * classes);
  }

  /** Counts a batch, or nothing of it. @throws RangeError if lengths differ or a class is none */
  add(labels: Classes, predicted: Classes): void {
    checkSameLength(this.metric, labels, 'predictions', predicted);
    this.#check('labels', labels);
    this.#check('predictions', predicted);
    for (let i = 0; i < labels.length; i++) this.#counts[Number(labels[i]) * this.classes + Number(predicted[i])]++;
  }

  /** The matrix up to now, as a copy. */
  value(): ConfusionMatrix {
    return { classes: this.classes, counts: this.#counts.slice() };
  }

  #check(what: string, classes: Classes): void {
    for (let i = 0; i < classes.length; i++) {
      const value = Number(classes[i]);
      if (Number.isInteger(value) && value >= 0 && value < this.classes) continue;
      throw new RangeError(`${this.metric}: expected ${what} 0 to ${this.classes - 1}, got ${classes[i]} at ${i}`);
    }
  }
}

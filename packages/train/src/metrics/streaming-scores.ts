import { type BinaryLabels, checkBinary, checkSameLength } from './labelled-scores';

/** All labels and scores of a stream, in order. */
export interface LabelledScores {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
}

/**
 * Keeps what `auroc`, `auprc`, `precisionAtRecall` and `bootstrapInterval` need. Ranks are known only at the end, so
 * all scores are kept, in 9 bytes each: `const { labels, scores } = stream.value(); auroc(labels, scores)`.
 */
export class StreamingScores {
  readonly #batches: LabelledScores[] = [];

  /** Keeps a copy of a batch. @throws RangeError if lengths differ, a label is neither 0 nor 1, or a score is NaN */
  add(labels: BinaryLabels, scores: ArrayLike<number>): void {
    checkSameLength('StreamingScores', labels, 'scores', scores);
    checkBinary('StreamingScores', labels);
    const copy = new Float64Array(scores);
    const nan = copy.findIndex(Number.isNaN);
    if (nan >= 0) throw new RangeError(`StreamingScores: expected scores without NaN, got NaN at ${nan}`);
    this.#batches.push({ labels: Uint8Array.from(labels as ArrayLike<number>, Number), scores: copy });
  }

  /** Everything up to now. */
  value(): LabelledScores {
    const length = this.#batches.reduce((sum, { labels }) => sum + labels.length, 0);
    const [labels, scores] = [new Uint8Array(length), new Float64Array(length)];
    let at = 0;
    for (const batch of this.#batches) {
      labels.set(batch.labels, at);
      scores.set(batch.scores, at);
      at += batch.labels.length;
    }
    return { labels, scores };
  }
}

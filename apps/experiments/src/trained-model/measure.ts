import { accuracy, auprc, auroc, classify, pearson, r2, spearman } from '@hairpin/train';
import type { Task } from './card';

/** How well predictions fit what is known. @param predictions logits, or values */
export function measure(
  { kind }: Task,
  answers: ArrayLike<number>,
  predictions: ArrayLike<number>,
): Record<string, number> {
  if (kind === 'classification')
    return {
      ...{ auroc: auroc(answers, predictions), auprc: auprc(answers, predictions) },
      accuracy: accuracy(answers, classify(predictions, 0)),
    };
  const squares = Array.from(answers, (y, i) => (y - predictions[i]) ** 2);
  return {
    ...{ pearson: pearson(answers, predictions), spearman: spearman(answers, predictions) },
    ...{ r2: r2(answers, predictions), mse: squares.reduce((sum, value) => sum + value, 0) / squares.length },
  };
}

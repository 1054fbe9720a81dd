import { bestSite, logOdds, type Matrix, toProbabilities } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import { auprc, auroc, bootstrapInterval, type Interval, rocCurve } from '@hairpin/train';
import type { Examples } from './examples';

/** How well scores tell the classes of some examples apart. */
export interface Measured {
  /** With the interval that holds 95 % of the bootstrap. */
  readonly auroc: Interval;
  readonly auprc: Interval;
  /** [false positive rate, true positive rate] */
  readonly roc: readonly (readonly [number, number])[];
}

/** AUROC and AUPRC of scores, with their intervals, and the ROC curve. */
export function measure({ labels }: Examples, scores: Float32Array, rng: Rng): Measured {
  const { falsePositiveRate, truePositiveRate } = rocCurve(labels, scores);
  return {
    auroc: bootstrapInterval(auroc, labels, scores, { rng: rng.fork('auroc') }),
    auprc: bootstrapInterval(auprc, labels, scores, { rng: rng.fork('auprc') }),
    roc: Array.from(falsePositiveRate, (x, i) => [x, truePositiveRate[i]] as const),
  };
}

/** AUROC of the best site of a matrix in each sequence: what a perfect knowledge of the motif reaches. */
export function matrixAuroc(matrix: Matrix, examples: Examples, rng: Rng): number {
  const weights = logOdds(toProbabilities(matrix, { pseudocount: 1e-3 })); // so that no letter is impossible
  const scores = Float64Array.from(examples.labels, (_, i) => bestSite(examples.sequence(i, rng), weights).score);
  return auroc(examples.labels, scores);
}

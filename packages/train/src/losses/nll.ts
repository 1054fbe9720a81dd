import { neg, type Tensor } from '@hairpin/tensors';
import { assertClasses, atLabel, type ClassOptions, demandClasses, labelWeights, weighClasses } from './class-labels';
import { reduceLosses } from './reduce';
import { clear } from './weights';

/**
 * Negative log-likelihood −wᵧ·log pᵧ of classes; the mean is Σ / Σ wᵧ. PyTorch's `nll_loss` with the classes on the
 * last axis. A label that is no class and is not to be ignored gives NaN: `fit` stops there.
 * @param logProbabilities `[batch, …, classes]`, as `logSoftmax` gives them
 * @param labels y `[batch, …]`, i32 or u32
 * @throws ShapeError where the shapes do not fit each other or labels are no integers
 */
export function nll(logProbabilities: Tensor, labels: Tensor, options: ClassOptions = {}): Tensor {
  const { classWeights, reduce } = options;
  assertClasses('nll', logProbabilities, labels, classWeights);
  const weights = labelWeights('nll', logProbabilities, labels, options);
  const losses = neg(atLabel(weighClasses(clear(logProbabilities, weights), classWeights), labels));
  const demanded = demandClasses(losses, labels, logProbabilities.shape.at(-1) ?? 1);
  return reduceLosses('nll', demanded, { weights, reduce }, classWeights && atLabel(classWeights, labels));
}

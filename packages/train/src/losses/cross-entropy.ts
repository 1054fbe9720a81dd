import { add, logSoftmax, mul, neg, sum, type Tensor } from '@hairpin/tensors';
import {
  areClasses,
  assertClasses,
  assertClassWeights,
  atLabel,
  type ClassOptions,
  demandClasses,
  labelWeights,
  weighClasses,
} from './class-labels';
import { assertSameShape } from './elementwise';
import { reduceLosses } from './reduce';
import { clear, weightsOf } from './weights';

/** How sure labels are, and what classes and examples count. */
export interface CrossEntropyOptions extends ClassOptions {
  /**
   * ε, the share of each label that is spread evenly over all classes (Szegedy et al. 2016, section 7): 0 unless said.
   */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy −Σ w_c·t_c·log softmax(z)_c, from logits. PyTorch's `cross_entropy` with the classes on the last axis:
 * t is 1 at the label, and the mean divides by the sum of the labels' class weights; or t is given as probabilities,
 * and the mean divides by the number of examples. A label that is no class and is not to be ignored gives NaN: `fit`
 * stops there.
 * @param logits z `[batch, …, classes]`
 * @param labels classes `[batch, …]`, i32 or u32, or probabilities in the logits' shape
 * @throws ShapeError where the shapes do not fit each other; RangeError unless 0 ≤ labelSmoothing ≤ 1
 */
export function crossEntropy(logits: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`crossEntropy: expected a labelSmoothing between 0 and 1, got ${labelSmoothing}`);
  return areClasses(labels) ? ofClasses(logits, labels, options) : ofProbabilities(logits, labels, options);
}

function ofClasses(logits: Tensor, labels: Tensor, options: CrossEntropyOptions): Tensor {
  const { classWeights, reduce, labelSmoothing = 0 } = options;
  assertClasses('crossEntropy', logits, labels, classWeights);
  const weights = labelWeights('crossEntropy', logits, labels, options);
  const each = weighClasses(logSoftmax(clear(logits, weights)), classWeights);
  const losses = smooth(neg(atLabel(each, labels)), each, labelSmoothing);
  const demanded = demandClasses(losses, labels, logits.shape.at(-1) ?? 1);
  return reduceLosses('crossEntropy', demanded, { weights, reduce }, classWeights && atLabel(classWeights, labels));
}

function ofProbabilities(logits: Tensor, labels: Tensor, options: CrossEntropyOptions): Tensor {
  const { classWeights, reduce, labelSmoothing = 0 } = options;
  assertSameShape('crossEntropy', logits, labels, 'logits');
  assertClassWeights('crossEntropy', logits, classWeights);
  const weights = options.weights && weightsOf('crossEntropy', options.weights, labels.shape.slice(0, -1));
  const each = weighClasses(logSoftmax(clear(logits, weights)), classWeights);
  const losses = smooth(neg(sum(mul(each, clear(labels, weights)), -1)), each, labelSmoothing);
  return reduceLosses('crossEntropy', losses, { weights, reduce });
}

/**
 * (1 − ε)·l − ε·mean_c w_c·log p_c. Without ε the mean is left out: it is infinite where a class is ruled out by a
 * logit of −∞.
 */
function smooth(losses: Tensor, each: Tensor, labelSmoothing: number): Tensor {
  if (labelSmoothing === 0) return losses;
  const classes = each.shape.at(-1) ?? 1;
  return add(mul(losses, 1 - labelSmoothing), mul(sum(each, -1), -labelSmoothing / classes));
}

import {
  arange,
  cast,
  equal,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  notEqual,
  reshape,
  shapeError,
  sum,
  type Tensor,
  where,
} from '@hairpin/tensors';
import type { LossOptions } from './reduce';
import { isLeading, weightsOf } from './weights';

/** What classes and examples count. */
export interface ClassOptions extends LossOptions {
  /** How much each class counts `[classes]`, as a factor of its loss and of what an example counts in the mean. */
  readonly classWeights?: Tensor;
  /** Examples with this label do not count; −100 unless said, as in PyTorch. */
  readonly ignoreIndex?: number;
}

/** Whether labels are numbers of classes, and not shares of them. */
export const areClasses = (labels: Tensor): boolean => labels.dtype === 'i32' || labels.dtype === 'u32';

/**
 * Raises `ShapeError` unless scores are `[batch, …, classes]`, labels `[batch, …]`, and there is a weight for each
 * class.
 */
export function assertClasses(call: string, scores: Tensor, labels: Tensor, classWeights: Tensor | undefined): void {
  if (!areClasses(labels)) throw shapeError(call, 'labels that are classes (i32 or u32)', `${labels}`);
  const fits = scores.shape.length === labels.shape.length + 1 && isLeading(labels.shape, scores.shape);
  if (!fits) throw shapeError(call, 'scores [batch, ..., classes] and labels [batch, ...]', scores.shape, labels.shape);
  assertClassWeights(call, scores, classWeights);
}

/** Raises `ShapeError` unless there is a weight for each class, or none at all. */
export function assertClassWeights(call: string, scores: Tensor, classWeights: Tensor | undefined): void {
  const classes = scores.shape.at(-1);
  if (!classWeights || (classWeights.shape.length === 1 && classWeights.shape[0] === classes)) return;
  throw shapeError(call, `a weight for each of ${classes} classes`, classWeights.shape);
}

/** The weight of each label, 0 where it is the one to ignore, in the dtype of the scores. */
export function labelWeights(call: string, scores: Tensor, labels: Tensor, options: ClassOptions): Tensor {
  const { weights, ignoreIndex = -100 } = options;
  const counts = notEqual(cast(labels, 'i32'), ignoreIndex);
  return weights ? where(counts, weightsOf(call, weights, labels.shape), 0) : cast(counts, scores.dtype);
}

/**
 * Σ of what stands at the label's place along the last axis. Compares instead of gathering: the gradient is then
 * elementwise too, however many classes there are, and an infinity at another class does not leak.
 * @param x `[batch, …, classes]`, or `[classes]` for all
 * @returns `[batch, …]`; 0 where the label is no class
 */
export function atLabel(x: Tensor, labels: Tensor): Tensor {
  const classes = arange(x.shape.at(-1) ?? 1, 'i32');
  const isLabel = equal(reshape(cast(labels, 'i32'), [...labels.shape, 1]), classes);
  return sum(where(isLabel, x, 0), -1);
}

/** NaN where the label is no class, so that training stops there: without it such an example would silently be right. */
export function demandClasses(losses: Tensor, labels: Tensor, classes: number): Tensor {
  const label = cast(labels, 'i32');
  return where(logicalAnd(greaterEqual(label, 0), less(label, classes)), losses, NaN);
}

/** x times the weights of its last axis, if there are any. */
export const weighClasses = (x: Tensor, classWeights: Tensor | undefined): Tensor =>
  classWeights ? mul(x, classWeights) : x;

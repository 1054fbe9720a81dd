import { add, mul, type Tensor, type TensorLike } from '@hairpin/tensors';
import { ignoreMissing, type Loss } from './missing';
import type { LossOptions } from './reduce';

/** One thing to predict, of several. */
export interface Task {
  readonly loss: Loss;
  /** What the loss takes, the batch first. */
  readonly predictions: Tensor;
  /** What the loss takes, the batch first; a float that is not finite stands for a missing label. */
  readonly labels: Tensor;
  /** Bool, true where a label is known, if the labels do not say it themselves. */
  readonly mask?: Tensor;
  /** How much the task counts beside the others: 1 unless said. A tensor may be learnt. */
  readonly weight?: TensorLike;
}

/** How much examples count in each task, and how each task's losses become one number. */
export interface MultiTaskOptions extends Pick<LossOptions, 'weights'> {
  readonly reduce?: 'mean' | 'sum';
}

/**
 * Σ weight · loss over tasks, each loss over the examples whose label is known. With `mean` a task counts the same
 * however many labels it lacks, and not at all in a batch that has none of them.
 * @throws RangeError without a task; ShapeError where a mask or weights do not fit a task
 */
export function multiTask(tasks: readonly Task[], { weights, reduce }: MultiTaskOptions = {}): Tensor {
  if (tasks.length === 0) throw new RangeError('multiTask: expected at least one task, got none');
  const losses = tasks.map(({ loss, predictions, labels, mask, weight = 1 }) =>
    mul(ignoreMissing(loss)(predictions, labels, { mask, weights, reduce }), weight),
  );
  return losses.reduce((total, loss) => add(total, loss));
}

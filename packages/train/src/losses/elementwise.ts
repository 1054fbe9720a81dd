import { shapeError, type Tensor } from '@hairpin/tensors';
import { type LossOptions, reduceLosses } from './reduce';
import { clear, weightsOf } from './weights';

/** What all losses of predictions and labels of one shape share; `lossOf` gives the loss of each element. */
export function elementwise(
  call: string,
  predictions: Tensor,
  labels: Tensor,
  { weights, reduce }: LossOptions,
  lossOf: (predictions: Tensor, labels: Tensor) => Tensor,
): Tensor {
  assertSameShape(call, predictions, labels);
  const each = weights && weightsOf(call, weights, labels.shape);
  return reduceLosses(call, lossOf(clear(predictions, each), clear(labels, each)), { weights: each, reduce });
}

/** Raises `ShapeError` where a prediction has no label or a label no prediction. */
export function assertSameShape(call: string, predictions: Tensor, labels: Tensor, what = 'predictions'): void {
  if (predictions.shape.join() === labels.shape.join()) return;
  throw shapeError(call, `${what} and labels of one shape`, predictions.shape, labels.shape);
}

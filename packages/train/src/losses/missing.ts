import { cast, isFinite, shapeError, type Tensor, where } from '@hairpin/tensors';
import type { LossOptions } from './reduce';
import { clear, isLeading, weightsOf } from './weights';

/**
 * A loss of this package, or one of the same form: `weights` have the shape of its losses, or of their leading axes.
 */
export type Loss = (predictions: Tensor, labels: Tensor, options: LossOptions) => Tensor;

/** Which labels are known. */
export interface MissingOptions extends LossOptions {
  /**
   * Bool, true where a label is known, in the shape of the losses or of their leading axes. Unless given, float labels
   * that are not finite are missing.
   */
  readonly mask?: Tensor | undefined;
}

/**
 * The same loss for labels of which some are missing, NaN or outside a mask: they count in neither value, mean nor
 * gradient, whatever stands in their place. The mean is over the known ones, and 0 where there is none.
 * @returns (predictions, labels, { mask, weights, reduce }) → the loss
 */
export function ignoreMissing(loss: Loss) {
  return (predictions: Tensor, labels: Tensor, { mask, weights, reduce }: MissingOptions = {}): Tensor => {
    const known = mask ?? (isFloat(labels) ? isFinite(labels) : undefined);
    if (!known) return loss(predictions, labels, { weights, reduce });
    assertMask(known, labels);
    const each = weigh(known, weights, predictions);
    return loss(clear(predictions, each), clear(labels, each), { weights: each, reduce });
  };
}

const isFloat = ({ dtype }: Tensor): boolean => dtype === 'f32' || dtype === 'f64' || dtype === 'f16';

function assertMask(mask: Tensor, labels: Tensor): void {
  if (mask.dtype !== 'bool') throw shapeError('ignoreMissing', 'a mask of bools', `${mask}`);
  if (!isLeading(mask.shape, labels.shape))
    throw shapeError(
      'ignoreMissing',
      `a mask of shape [${labels.shape.join(', ')}], or of its leading axes`,
      mask.shape,
    );
}

/** The weight of what is known, 0 for the rest. */
function weigh(known: Tensor, weights: Tensor | undefined, { dtype }: Tensor): Tensor {
  return weights ? where(known, weightsOf('ignoreMissing', weights, known.shape), 0) : cast(known, dtype);
}

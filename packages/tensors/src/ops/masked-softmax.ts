import { shapeError } from '../errors';
import { asTensor, type TensorLike } from '../op';
import { broadcastShapes, sameShape } from '../shape';
import { normalizeAxes, sum } from './broadcast';
import { div, exp, greater, stopGradient, sub, where } from './elementwise';
import { knownAs } from './known-as';
import { max } from './reduce';
import type { Tensor } from '../tensor';

/** Below every number that is summed, and above −∞, whose difference with itself is NaN. */
const LOWEST = -3.4028234663852886e38;

/**
 * eˣ / Σ eˣ along an axis over the places where `mask` is true, and 0 at the others, whatever stands there. Where the mask lets
 * nothing through, all is 0 and so is the gradient. `mask` is a bool tensor that broadcasts to x.
 */
export function maskedSoftmax(x: TensorLike, mask: Tensor, axis = -1): Tensor {
  const tensor = asTensor(x);
  const common = broadcastShapes(tensor.shape, mask.shape);
  if (mask.dtype !== 'bool' || !common || !sameShape(common, tensor.shape))
    throw shapeError('maskedSoftmax', `a bool mask that broadcasts to [${tensor.shape.join(', ')}]`, `${mask}`);
  const [d] = normalizeAxes('maskedSoftmax', axis, tensor.shape);
  if (tensor.size === 0) return tensor;
  const seen = where(mask, tensor, LOWEST);
  const top = stopGradient(max(seen, d, { keepDims: true })); // the shift cancels, so its gradient does too
  const e = where(mask, exp(sub(seen, top)), 0);
  const total = sum(e, d, { keepDims: true });
  return knownAs(div(e, where(greater(total, 0), total, 1)), 'maskedSoftmax', [tensor, mask], { axes: [d] });
}

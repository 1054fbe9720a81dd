import { add, cast, clamp, div, minimum, mul, sqrt, square, sum, type Tensor } from '@hairpin/tensors';
import { demand } from '../demand';
import { mapValues } from '../map-values';
import type { Gradients } from './optimizer';

/**
 * Gradients shortened together so that the length of all of them, as one vector, is at most `max`; shorter ones stay as
 * they are. The factor is min(1, max / (norm + 1e-6)): PyTorch's `clip_grad_norm_` (Pascanu et al. 2013, algorithm 1).
 * Where one is not finite all become so or 0: look for that before clipping.
 * @throws RangeError for a `max` that is not above 0
 */
export function clipByNorm(gradients: Gradients, max: number): Record<string, Tensor> {
  demand(max > 0, 'clipByNorm', 'a norm > 0', max);
  if (Object.keys(gradients).length === 0) return {};
  const factor = minimum(div(max, add(globalNorm(gradients), 1e-6)), 1);
  return mapValues(gradients, (g) => mul(g, cast(factor, g.dtype)));
}

/**
 * Each component held within ±max: PyTorch's `clip_grad_value_`. A NaN may become a bound on a GPU: look for those before.
 * @throws RangeError for a `max` that is not above 0
 */
export function clipByValue(gradients: Gradients, max: number): Record<string, Tensor> {
  demand(max > 0, 'clipByValue', 'a bound > 0', max);
  return mapValues(gradients, (g) => clamp(g, -max, max));
}

/** Length of all gradients as one vector, a scalar in the dtype of the first; there has to be one. */
export const globalNorm = (gradients: Gradients): Tensor => sqrt(squaredNorm(gradients));

/** The square of `globalNorm`: not finite where a component is not. */
export function squaredNorm(gradients: Gradients): Tensor {
  const squares = Object.values(gradients).map((g) => sum(square(g)));
  return squares.reduce((total, part) => add(total, cast(part, total.dtype)));
}

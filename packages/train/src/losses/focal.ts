import { add, exp, mul, neg, softplus, sub, type Tensor } from '@hairpin/tensors';
import { assertSameShape, elementwise } from './elementwise';
import type { LossOptions } from './reduce';

/** How strongly, and for which class, easy examples lose weight. */
export interface FocalOptions extends LossOptions {
  /** γ ≥ 0, the power of what the model still gets wrong: 2 unless said; 0 is binary cross-entropy. */
  readonly gamma?: number;
  /** α, the weight of positive labels, 0.25 unless said; negative ones have 1 − α. Below 0 both have 1. */
  readonly alpha?: number;
}

/**
 * Focal loss −α_t·(1 − p_t)^γ·log p_t, from logits (Lin et al. 2017, eq. 5). A label between 0 and 1 mixes the two
 * losses.
 * @param logits z, any shape
 * @param labels y of the same shape, 0 or 1 or between
 * @throws ShapeError where logits, labels and weights do not fit each other
 */
export function focal(logits: Tensor, labels: Tensor, options: FocalOptions = {}): Tensor {
  const { gamma = 2, alpha = 0.25 } = options;
  if (!(gamma >= 0)) throw new RangeError(`focal: expected gamma of at least 0, got ${gamma}`);
  if (!(alpha <= 1)) throw new RangeError(`focal: expected alpha of at most 1, got ${alpha}`);
  const [positive, negative] = alpha < 0 ? [1, 1] : [alpha, 1 - alpha];
  assertSameShape('focal', logits, labels, 'logits');
  return elementwise('focal', logits, labels, options, (z, y) =>
    add(mul(mul(y, positive), lossOfPositive(z, gamma)), mul(mul(sub(1, y), negative), lossOfPositive(neg(z), gamma))),
  );
}

/** (1 − p)^γ·(−log p) with p = σ(z). As 1 − p = e^−softplus(z), there is no power of a difference that may vanish. */
const lossOfPositive = (z: Tensor, gamma: number): Tensor => mul(exp(mul(softplus(z), -gamma)), softplus(neg(z)));

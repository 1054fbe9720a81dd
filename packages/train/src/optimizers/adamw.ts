import { add, mul, type Tensor } from '@hairpin/tensors';
import { AdamMoments, type AdamMomentsOptions } from './adam-moments';
import type { Slot } from './descent';
import type { Weights } from './optimizer';

/** Constants of AdamW. */
export interface AdamWOptions extends AdamMomentsOptions {
  /** Share of the learning rate by which a weight shrinks in each step, apart from its gradient; 0.01 unless said. */
  readonly weightDecay?: number;
}

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2): w ← w − γ (m̂ / (√v̂ + eps) + λ w), as PyTorch
 * writes it.
 * @throws RangeError for an option out of range
 */
export class AdamW extends AdamMoments {
  constructor(weights: Weights, options: AdamWOptions = {}) {
    super(weights, { weightDecay: 0.01, ...options });
  }

  protected override direction(slot: Slot): Tensor {
    const { w, g, weightDecay } = slot;
    const ratio = this.ratio(slot, g);
    return weightDecay === 0 ? ratio : add(ratio, mul(w, weightDecay));
  }
}

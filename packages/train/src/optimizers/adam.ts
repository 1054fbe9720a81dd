import type { Tensor } from '@hairpin/tensors';
import { AdamMoments, type AdamMomentsOptions } from './adam-moments';
import { penalised, type Slot } from './descent';
import type { Weights } from './optimizer';

/** Constants of Adam. */
export interface AdamOptions extends AdamMomentsOptions {
  /** Added to the gradient as weightDecay · w, so that the moments see it; 0 unless said. `AdamW` keeps it apart. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1): w ← w − γ m̂ / (√v̂ + eps), as PyTorch writes it.
 * @throws RangeError for an option out of range
 */
export class Adam extends AdamMoments {
  constructor(weights: Weights, options: AdamOptions = {}) {
    super(weights, { weightDecay: 0, ...options });
  }

  protected override direction(slot: Slot): Tensor {
    return this.ratio(slot, penalised(slot));
  }
}

import { add, mul, type Tensor } from '@hairpin/tensors';
import { demand } from '../demand';
import { Descent, type DescentOptions, penalised, type Slot, zerosBeside } from './descent';
import type { Weights } from './optimizer';

/** Constants of SGD. */
export interface SGDOptions extends DescentOptions {
  /** 1e-3 unless said. */
  readonly learningRate?: DescentOptions['learningRate'];
  /** Added to the gradient as weightDecay · w; 0 unless said. */
  readonly weightDecay?: number;
  /** Share of the last direction that is kept, 0 unless said. */
  readonly momentum?: number;
  /** Looks ahead: adds the momentum of the next step to the gradient of this one. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent (Sutskever et al. 2013), as PyTorch writes it: v ← μ v + g; w ← w − γ v, and with
 * `nesterov` w ← w − γ (g + μ v).
 * @throws RangeError for an option out of range
 */
export class SGD extends Descent {
  /** The direction v by path; none without momentum. */
  readonly momentumBuffer: Weights;
  readonly #momentum: number;
  readonly #nesterov: boolean;

  constructor(weights: Weights, { momentum = 0, nesterov = false, ...options }: SGDOptions = {}) {
    super(weights, { learningRate: 1e-3, weightDecay: 0, ...options });
    demand(momentum >= 0, 'SGD', 'momentum ≥ 0', momentum);
    demand(!nesterov || momentum > 0, 'SGD', 'momentum > 0 with nesterov', momentum);
    this.momentumBuffer = momentum > 0 ? zerosBeside(weights) : {};
    [this.#momentum, this.#nesterov] = [momentum, nesterov];
  }

  protected override direction(slot: Slot): Tensor {
    const g = penalised(slot);
    const before = this.momentumBuffer[slot.path];
    if (!before) return g;
    const v = slot.keep(before, add(mul(before, this.#momentum), g));
    return this.#nesterov ? add(g, mul(v, this.#momentum)) : v;
  }
}

import { add, div, maximum, mul, sqrt, square, sub, type Tensor } from '@hairpin/tensors';
import { demand } from '../demand';
import { Descent, type DescentOptions, penalised, type Slot, zerosBeside } from './descent';
import type { Weights } from './optimizer';

/** Constants of RMSprop. */
export interface RMSpropOptions extends DescentOptions {
  /** 1e-2 unless said. */
  readonly learningRate?: DescentOptions['learningRate'];
  /** Added to the gradient as weightDecay · w; 0 unless said. */
  readonly weightDecay?: number;
  /** Decay of the mean of the squared gradients, 0.99 unless said. */
  readonly alpha?: number;
  /** Added to the root, 1e-8 unless said. */
  readonly eps?: number;
  /** Share of the last direction that is kept, 0 unless said. */
  readonly momentum?: number;
  /** Divides by the standard deviation in place of the root mean square (Graves 2013, eqs. 38 to 41). */
  readonly centered?: boolean;
}

/**
 * Divides each gradient by the root of the running mean of its squares (Tieleman & Hinton 2012, lecture 6.5), as PyTorch
 * writes it: s ← α s + (1 − α) g²; d = g / (√s + eps); with momentum v ← μ v + d; w ← w − γ v.
 * @throws RangeError for an option out of range
 */
export class RMSprop extends Descent {
  /** Mean of the squared gradients, by path. */
  readonly squareAverage: Weights;
  /** Mean of the gradients; none unless centered. */
  readonly gradientAverage: Weights;
  /** The direction v; none without momentum. */
  readonly momentumBuffer: Weights;
  readonly #options: { readonly alpha: number; readonly eps: number; readonly momentum: number };

  constructor(weights: Weights, options: RMSpropOptions = {}) {
    const { alpha = 0.99, eps = 1e-8, momentum = 0, centered = false, ...rest } = options;
    super(weights, { learningRate: 1e-2, weightDecay: 0, ...rest });
    demand(alpha >= 0 && alpha < 1, 'RMSprop', 'alpha in [0, 1)', alpha);
    demand(eps >= 0, 'RMSprop', 'eps ≥ 0', eps);
    demand(momentum >= 0, 'RMSprop', 'momentum ≥ 0', momentum);
    this.squareAverage = zerosBeside(weights);
    this.gradientAverage = centered ? zerosBeside(weights) : {};
    this.momentumBuffer = momentum > 0 ? zerosBeside(weights) : {};
    this.#options = { alpha, eps, momentum };
  }

  protected override direction(slot: Slot): Tensor {
    const g = penalised(slot);
    const d = div(g, add(sqrt(this.#power(slot, g)), this.#options.eps));
    const before = this.momentumBuffer[slot.path];
    return before ? slot.keep(before, add(mul(before, this.#options.momentum), d)) : d;
  }

  /** Mean square of the gradient, or its variance if centered. */
  #power({ path, keep }: Slot, g: Tensor): Tensor {
    const { alpha } = this.#options;
    const follow = (cell: Weights[string], x: Tensor) => keep(cell, add(mul(cell, alpha), mul(x, 1 - alpha)));
    const power = follow(this.squareAverage[path], square(g));
    const centre = this.gradientAverage[path];
    // A difference of rounded numbers may fall below 0, and its root would be NaN.
    return centre ? maximum(sub(power, square(follow(centre, g))), 0) : power;
  }
}

import { type Parameter, parameter, sigmoid, sub, tensor, type Tensor } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { InputGatedCell } from './input-gated-cell';

/** Shape of a `LeakyIntegrator`, and how long its units remember at the start. */
export interface LeakyIntegratorOptions extends CellOptions {
  /**
   * Time constants of the first and the last unit, in steps; those between are spaced evenly in their
   * logarithm. [1, 100] unless said.
   */
  readonly timeConstants?: readonly [shortest: number, longest: number];
}

/**
 * h′ = a⊙h + (1 − a)⊙(W·x + b) with a = σ(decay), learned for each unit: a mean of the past in which a step counts
 * 1/e less after −1/ln a steps (Mozer 1992, without the squashing).
 */
export class LeakyIntegrator extends InputGatedCell {
  readonly decay: Parameter; // [hidden]

  constructor({ timeConstants: [shortest, longest] = [1, 100], ...options }: LeakyIntegratorOptions) {
    super(options, 1);
    if (!(shortest > 0 && longest > 0))
      throw new RangeError(`LeakyIntegrator: expected timeConstants above 0 steps, got [${shortest}, ${longest}]`);
    const { hidden, dtype = 'f32' } = options;
    const between = (k: number) => shortest * (longest / shortest) ** (hidden > 1 ? k / (hidden - 1) : 0);
    const decay = (tau: number) => -Math.log(Math.expm1(1 / tau)); // σ⁻¹(exp(−1/τ))
    const decays = Float64Array.from({ length: hidden }, (_, k) => decay(between(k)));
    this.decay = parameter(tensor(decays, { dtype }));
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    const a = sigmoid(this.decay);
    return { h: h.mul(a).add(this.fromInput(x).mul(sub(1, a))) };
  }
}

import { relu, type Tensor, tanh } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { GatedCell } from './gated-cell';

const nonlinearities = { tanh, relu, identity: (sum: Tensor) => sum };

/** What an `RNNCell` makes of its sum; with `identity` it is a linear recurrence. */
export type Nonlinearity = keyof typeof nonlinearities;

/** Shape and nonlinearity of an `RNNCell`. */
export interface RNNCellOptions extends CellOptions {
  /** `tanh` unless said. */
  readonly nonlinearity?: Nonlinearity;
}

/** h′ = φ(W_ih·x + b_ih + W_hh·h + b_hh), φ = tanh, ReLU or nothing (Elman 1990, in PyTorch's form). */
export class RNNCell extends GatedCell {
  readonly nonlinearity: Nonlinearity;

  constructor({ nonlinearity = 'tanh', ...options }: RNNCellOptions) {
    super(options, { gates: 1 });
    this.nonlinearity = nonlinearity;
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    return { h: nonlinearities[this.nonlinearity](this.fromInput(x).add(this.fromState(h))) };
  }
}

import { relu, type Tensor, tanh } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { GatedCell } from './gated-cell';

/** Shape and nonlinearity of an `RNNCell`. */
export interface RNNCellOptions extends CellOptions {
  /** `tanh` unless said. */
  readonly nonlinearity?: 'tanh' | 'relu';
}

/** h′ = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or ReLU instead of tanh (Elman 1990, in PyTorch's form). */
export class RNNCell extends GatedCell {
  readonly nonlinearity: 'tanh' | 'relu';

  constructor({ nonlinearity = 'tanh', ...options }: RNNCellOptions) {
    super(options, { gates: 1 });
    this.nonlinearity = nonlinearity;
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    const sum = this.fromInput(x).add(this.fromState(h));
    return { h: this.nonlinearity === 'relu' ? relu(sum) : tanh(sum) };
  }
}

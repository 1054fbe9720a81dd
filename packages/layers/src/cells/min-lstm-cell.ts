import { add, div, mul, sigmoid, split, type Tensor } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { InputGatedCell } from './input-gated-cell';

/**
 * f, i = σ(W·x + b), n = W_n·x + b_n, h′ = f/(f + i)⊙h + i/(f + i)⊙n, so that the two shares add up to 1
 * (Feng et al. 2024, minLSTM). Rows are f, i, n.
 */
export class MinLSTMCell extends InputGatedCell {
  constructor(options: CellOptions) {
    super(options, 3);
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    const [forget, input, n] = split(this.fromInput(x), 3, 1);
    const [f, i] = [sigmoid(forget), sigmoid(input)];
    const kept = div(f, add(f, i));
    return { h: kept.mul(h).add(mul(div(i, add(f, i)), n)) };
  }
}

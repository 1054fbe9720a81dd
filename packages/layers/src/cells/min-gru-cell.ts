import { mul, sigmoid, split, sub, type Tensor } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { InputGatedCell } from './input-gated-cell';

/** z = σ(W_z·x + b_z), n = W_n·x + b_n, h′ = (1 − z)⊙h + z⊙n (Feng et al. 2024, minGRU). Rows are z, n. */
export class MinGRUCell extends InputGatedCell {
  constructor(options: CellOptions) {
    super(options, 2);
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    const [sum, n] = split(this.fromInput(x), 2, 1);
    const z = sigmoid(sum);
    return { h: sub(1, z).mul(h).add(mul(z, n)) };
  }
}

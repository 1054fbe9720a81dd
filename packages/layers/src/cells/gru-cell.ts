import { add, mul, sigmoid, slice, split, sub, type Tensor, tanh } from '@hairpin/tensors';
import type { CellOptions, HiddenState } from './cell';
import { GatedCell } from './gated-cell';

/** Shape and kind of a `GRUCell`. */
export interface GRUCellOptions extends CellOptions {
  /**
   * Whether r acts after the recurrent product, n = tanh(x_n + r⊙(W_hn·h + b_hn)), as in PyTorch and Keras and unless
   * said, or before it, n = tanh(x_n + W_hn·(r⊙h) + b_hn), as in the paper and in ONNX.
   */
  readonly reset?: 'after' | 'before';
}

/**
 * r, z = σ(…), n = tanh(…) as `reset` says, h′ = (1 − z)⊙n + z⊙h (Cho et al. 2014). Rows are r, z, n, as in PyTorch.
 */
export class GRUCell extends GatedCell {
  readonly reset: 'after' | 'before';

  constructor({ reset = 'after', ...options }: GRUCellOptions) {
    super(options, { gates: 3 });
    this.reset = reset;
  }

  step({ h }: HiddenState, x: Tensor): HiddenState {
    return { h: this.reset === 'after' ? this.resetAfter(h, x) : this.resetBefore(h, x) };
  }

  private resetAfter(h: Tensor, x: Tensor): Tensor {
    const [xr, xz, xn] = split(this.fromInput(x), 3, 1);
    const [hr, hz, hn] = split(this.fromState(h), 3, 1);
    const [r, z] = [sigmoid(add(xr, hr)), sigmoid(add(xz, hz))];
    return mix(z, tanh(add(xn, mul(r, hn))), h);
  }

  private resetBefore(h: Tensor, x: Tensor): Tensor {
    const gates = 2 * this.hiddenSize;
    const [weight, bias] = [this.weightHh.transpose(), this.biasHh.read()];
    const [xr, xz, xn] = split(this.fromInput(x), 3, 1);
    const [hr, hz] = split(h.matmul(slice(weight, [0, 0], [undefined, gates])).add(slice(bias, [0], [gates])), 2, 1);
    const [r, z] = [sigmoid(add(xr, hr)), sigmoid(add(xz, hz))];
    const hn = mul(r, h)
      .matmul(slice(weight, [0, gates]))
      .add(slice(bias, [gates]));
    return mix(z, tanh(add(xn, hn)), h);
  }
}

const mix = (z: Tensor, n: Tensor, h: Tensor): Tensor => sub(1, z).mul(n).add(mul(z, h));

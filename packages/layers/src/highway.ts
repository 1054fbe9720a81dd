import { add, type Context, full, type Model, mul, relu, type Rng, sigmoid, sub, type Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { clearBeyond } from './lengths';
import { Linear } from './linear';
import { pointwise } from './receptive-field';

/** Shape and start of a `Highway`. */
export interface HighwayOptions {
  readonly channels: number;
  readonly rng: Rng;
  /** What makes H of the sum; `relu` unless said. */
  readonly activation?: Model;
  /** Where the bias of the gate starts: −1 unless said, so that a young layer lets most of x pass. */
  readonly gateBias?: number;
}

/** y = T ⊙ H + (1 − T) ⊙ x with a gate T = σ(W_T·x + b_T) (Srivastava et al. 2015, eq. 3).   x: [..., channels] → the same */
export class Highway extends Layer {
  readonly transform: Linear;
  readonly gate: Linear;
  readonly activation: Model;

  constructor({ channels, rng, activation = relu, gateBias = -1 }: HighwayOptions) {
    super();
    this.transform = new Linear({ in: channels, out: channels, rng });
    this.gate = new Linear({ in: channels, out: channels, rng });
    this.gate.bias.assign(full([channels], gateBias, this.gate.bias));
    this.activation = activation;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const own = clearBeyond(x, lengths);
    const t = sigmoid(this.gate.forward(own));
    const h = this.activation(this.transform.forward(own));
    return add(mul(t, h), mul(sub(1, t), own));
  }

  override get receptiveField() {
    return pointwise;
  }
}

import { shapeError, sigmoid, split, type Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { pointwise } from './receptive-field';

/** y = a ⊙ σ(b), a and b being the halves of the channels (Dauphin et al. 2017, eq. 1).   x: [..., 2·channels] → [..., channels] */
export class GLU extends Layer {
  forward(x: Tensor): Tensor {
    if ((x.shape.at(-1) ?? 1) % 2 !== 0) throw shapeError('GLU', 'an even number of channels', x.shape);
    const [a, b] = split(x, 2, -1);
    return a.mul(sigmoid(b));
  }

  override get receptiveField() {
    return pointwise;
  }
}

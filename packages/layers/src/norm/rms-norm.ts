import { type Context, mean, ones, type Parameter, parameter, rsqrt, square, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { pointwise } from '../receptive-field';
import { checkChannels, type NormOptions } from './layer-norm';

/**
 * Each position divided by the root of its mean square over the channels, then · weight: normalisation without centring
 * (Zhang & Sennrich 2019, eq. 4).   x: [..., channels] → [..., channels]
 */
export class RMSNorm extends Layer {
  readonly weight: Parameter; // [channels]
  readonly eps: number;

  constructor({ channels, eps = 1e-5, dtype = 'f32' }: NormOptions) {
    super();
    this.weight = parameter(ones([channels], { dtype }));
    this.eps = eps;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkChannels('RMSNorm', x, this.weight);
    const own = clearBeyond(x, lengths);
    const meanSquare = mean(square(own), -1, { keepDims: true });
    return own.mul(rsqrt(meanSquare.add(this.eps))).mul(this.weight);
  }

  override get receptiveField() {
    return pointwise;
  }
}

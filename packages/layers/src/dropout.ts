import { bernoulli, type Context, HairpinError, type Tensor, where } from '@hairpin/tensors';
import { Layer } from './layer';
import { pointwise } from './receptive-field';

/**
 * While training, each element is 0 with probability p and else divided by 1 − p, so that the mean stays (Srivastava et
 * al. 2014). Otherwise x itself. Draws from `context.rng`.
 */
export class Dropout extends Layer {
  constructor(readonly p: number) {
    super();
    if (!(p >= 0 && p < 1)) throw new RangeError(`Dropout: expected p from 0 to below 1, got ${p}`);
  }

  forward(x: Tensor, { training = false, rng }: Context = {}): Tensor {
    if (!training || this.p === 0) return x;
    if (!rng) throw new HairpinError('Dropout: training needs context.rng to draw from');
    return where(bernoulli(rng, x.shape, 1 - this.p), x.mul(1 / (1 - this.p)), 0);
  }

  override get receptiveField() {
    return pointwise;
  }
}

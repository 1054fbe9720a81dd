import { bernoulli, type Context, HairpinError, type Shape, shapeError, type Tensor, where } from '@hairpin/tensors';
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
    return where(bernoulli(rng, this.drawn(x.shape), 1 - this.p), x.mul(1 / (1 - this.p)), 0);
  }

  override get receptiveField() {
    return pointwise;
  }

  /** The shape of what is drawn: of x, or one that spreads over it. */
  protected drawn(shape: Shape): Shape {
    return shape;
  }
}

/**
 * Drops whole channels of a row, for what neighbouring positions say nearly the same (Tompson et al. 2015).
 * x: [batch, length, channels]
 */
export class Dropout1d extends Dropout {
  protected override drawn(shape: Shape): Shape {
    if (shape.length !== 3) throw shapeError('Dropout1d', 'input [batch, length, channels]', shape);
    return [shape[0], 1, shape[2]];
  }
}

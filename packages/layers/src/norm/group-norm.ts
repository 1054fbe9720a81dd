import {
  cast,
  type Context,
  maximum,
  minimum,
  ones,
  type Parameter,
  parameter,
  reshape,
  rsqrt,
  shapeError,
  square,
  sum,
  type Tensor,
  type TensorLike,
  zeros,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import type { NormOptions } from './layer-norm';

/** Shape of a `GroupNorm`. */
export interface GroupNormOptions extends NormOptions {
  /** How many groups the channels are cut into. */
  readonly groups: number;
}

/**
 * Each group of channels of each row to mean 0 and variance 1 over its positions, then · weight + bias (Wu & He 2018,
 * eq. 7). Positions beyond a row's length do not count.   x: [batch, length, channels] → the same
 */
export class GroupNorm extends Layer {
  readonly weight: Parameter; // [channels]
  readonly bias: Parameter; // [channels]
  readonly groups: number;
  readonly eps: number;

  constructor({ groups, channels, eps = 1e-5, dtype = 'f32' }: GroupNormOptions) {
    super();
    if (channels % groups !== 0) throw shapeError('GroupNorm', `channels that ${groups} groups divide`, `${channels}`);
    this.weight = parameter(ones([channels], { dtype }));
    this.bias = parameter(zeros([channels], { dtype }));
    [this.groups, this.eps] = [groups, eps];
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const [channels] = this.weight.shape;
    const [batch, length] = x.shape;
    if (x.shape.length !== 3 || x.shape[2] !== channels)
      throw shapeError(this.constructor.name, `input [batch, length, ${channels}]`, x.shape);
    const own = clearBeyond(x, lengths);
    const mean = this.meanOf(own, lengths);
    const centred = clearBeyond(own.sub(mean), lengths);
    const variance = this.meanOf(square(centred), lengths);
    const scaled = centred.mul(rsqrt(variance.add(this.eps)));
    return scaled.mul(this.weight).add(this.bias).reshape([batch, length, channels]);
  }

  /** The mean of each group of each row, once for each of its channels: [batch, 1, channels]. */
  private meanOf(x: Tensor, lengths: Tensor | undefined): Tensor {
    const [batch, length, channels] = x.shape;
    const size = channels / this.groups;
    const grouped = reshape(x, [batch, length, this.groups, size]);
    const total = sum(grouped, [1, 3], { keepDims: true });
    const mean = total.div(this.countOf(x, lengths, size));
    return mean.broadcastTo([batch, 1, this.groups, size]).reshape([batch, 1, channels]);
  }

  /** How many numbers a group of a row has; 1 for a row without positions, which divides by no 0. */
  private countOf({ shape, dtype }: Tensor, lengths: Tensor | undefined, size: number): TensorLike {
    if (!lengths) return Math.max(shape[1] * size, 1);
    const positions = maximum(minimum(lengths, shape[1]), 1);
    return cast(positions, dtype).mul(size).reshape([-1, 1, 1, 1]);
  }
}

/** Each channel of each row by itself: a `GroupNorm` of as many groups as channels (Ulyanov et al. 2016, eq. 2). */
export class InstanceNorm1d extends GroupNorm {
  constructor(options: NormOptions) {
    super({ ...options, groups: options.channels });
  }
}

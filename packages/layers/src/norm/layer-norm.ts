import {
  type Context,
  type DType,
  mean,
  ones,
  type Parameter,
  parameter,
  rsqrt,
  shapeError,
  square,
  type Tensor,
  zeros,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { pointwise } from '../receptive-field';

/** Shape of a norm. */
export interface NormOptions {
  readonly channels: number;
  /** Added to the variance, so that constants do not divide by 0: 1e-5 unless said. */
  readonly eps?: number;
  /** Of the parameters, and so of what the norm reads: `f32` unless said. */
  readonly dtype?: DType;
}

/**
 * Each position by itself to mean 0 and variance 1 over its channels, then · weight + bias (Ba et al. 2016, eq. 4).
 * x: [..., channels] → [..., channels]
 */
export class LayerNorm extends Layer {
  readonly weight: Parameter; // [channels]
  readonly bias: Parameter; // [channels]
  readonly eps: number;

  constructor({ channels, eps = 1e-5, dtype = 'f32' }: NormOptions) {
    super();
    this.weight = parameter(ones([channels], { dtype }));
    this.bias = parameter(zeros([channels], { dtype }));
    this.eps = eps;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkChannels('LayerNorm', x, this.weight);
    const own = clearBeyond(x, lengths);
    const centred = own.sub(mean(own, -1, { keepDims: true }));
    const variance = mean(square(centred), -1, { keepDims: true });
    return centred
      .mul(rsqrt(variance.add(this.eps)))
      .mul(this.weight)
      .add(this.bias);
  }

  override get receptiveField() {
    return pointwise;
  }
}

/** Raises a `ShapeError` unless the last axis of x is that of the weight. */
export function checkChannels(where: string, x: Tensor, { shape: [channels] }: Parameter): void {
  if (x.shape.at(-1) !== channels) throw shapeError(where, `input [..., ${channels}]`, x.shape);
}

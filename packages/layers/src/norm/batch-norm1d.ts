import {
  add,
  buffer,
  cast,
  type Context,
  full,
  maximum,
  minimum,
  mul,
  ones,
  type Parameter,
  parameter,
  rsqrt,
  shapeError,
  square,
  sub,
  sum,
  type Tensor,
  type TensorLike,
  zeros,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { pointwise } from '../receptive-field';
import { checkChannels, type NormOptions } from './layer-norm';

/** Shape of a `BatchNorm1d`, and which statistics it takes. */
export interface BatchNorm1dOptions extends NormOptions {
  /**
   * What training normalises by: `batch` by the mean and variance of the batch, towards which the running ones move;
   * `frozen` by the running ones, which stay. `batch` unless said. Otherwise than in training the running ones always
   * hold, and stay.
   */
  readonly statistics?: 'batch' | 'frozen';
  /** How far the running statistics move towards those of a batch: 0.1 unless said, as in PyTorch. */
  readonly momentum?: number;
}

/**
 * Each channel to mean 0 and variance 1 over all positions of all rows, then · weight + bias (Ioffe & Szegedy 2015,
 * algorithm 1). The running variance is the unbiased one, as in PyTorch. Positions beyond a row's length do not count,
 * so that a row which only fills a batch is best given length 0.
 * x: [batch, length, channels] or [batch, channels] → the same
 */
export class BatchNorm1d extends Layer {
  readonly weight: Parameter; // [channels]
  readonly bias: Parameter; // [channels]
  readonly runningMean: Parameter; // [channels], a buffer
  readonly runningVar: Parameter; // [channels], a buffer
  readonly statistics: 'batch' | 'frozen';
  readonly momentum: number;
  readonly eps: number;

  constructor(options: BatchNorm1dOptions) {
    super();
    const { channels, statistics = 'batch', momentum = 0.1, eps = 1e-5, dtype = 'f32' } = options;
    this.weight = parameter(ones([channels], { dtype }));
    this.bias = parameter(zeros([channels], { dtype }));
    this.runningMean = buffer(zeros([channels], { dtype }));
    this.runningVar = buffer(ones([channels], { dtype }));
    [this.statistics, this.momentum, this.eps] = [statistics, momentum, eps];
  }

  forward(x: Tensor, { training = false, lengths }: Context = {}): Tensor {
    checkChannels('BatchNorm1d', x, this.weight);
    const own = clearBeyond(x, lengths);
    if (!training || this.statistics === 'frozen') return this.normalise(own, this.runningMean, this.runningVar);
    const { mean, variance, count } = statisticsOf(own, lengths);
    this.move(this.runningMean, mean);
    this.move(this.runningVar, variance.mul(count).div(maximum(sub(count, 1), 1)));
    return this.normalise(own, mean, variance);
  }

  override get receptiveField() {
    return pointwise;
  }

  private normalise(x: Tensor, mean: TensorLike, variance: TensorLike): Tensor {
    const scale = mul(rsqrt(add(variance, this.eps)), this.weight);
    return x.sub(mean).mul(scale).add(this.bias);
  }

  private move(running: Parameter, value: Tensor): void {
    running.assign(add(running.mul(1 - this.momentum), value.mul(this.momentum)));
  }
}

/** Mean and variance of each channel, and over how many positions. x has zeros beyond each row's length. */
function statisticsOf(x: Tensor, lengths: Tensor | undefined) {
  const axes = x.shape.slice(1).map((_, d) => d);
  const places = axes.reduce((product, d) => product * x.shape[d], 1);
  if (places === 0) throw shapeError('BatchNorm1d', 'at least one position to train on', x.shape);
  const count = lengths ? positionsIn(lengths, x) : full([], places, x);
  const mean = sum(x, axes).div(count);
  const centred = clearBeyond(x.sub(mean), lengths);
  return { mean, variance: sum(square(centred), axes).div(count), count };
}

/** How many positions belong to rows: at least 1, so that a batch of fillers divides by no 0. */
const positionsIn = (lengths: Tensor, { shape, dtype }: Tensor): Tensor =>
  maximum(sum(cast(minimum(lengths, shape[1]), dtype)), 1);

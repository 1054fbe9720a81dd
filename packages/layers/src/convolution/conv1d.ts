import {
  type Context,
  conv1d,
  type Padding,
  type Parameter,
  parameter,
  type Rng,
  shapeError,
  type Tensor,
} from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond, windowsIn } from '../lengths';
import { wrapRows } from './wrap-rows';

/** Shape and padding of a `Conv1d`. */
export interface Conv1dLayerOptions {
  readonly in: number;
  /** Number of filters. */
  readonly out: number;
  /** Positions under a filter. */
  readonly width: number;
  readonly rng: Rng;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  /** `valid` unless said. */
  readonly padding?: Padding;
}

/** y = w ⋆ x + b, a cross-correlation as in PyTorch.   x: [batch, length, in] → [batch, length', out] */
export class Conv1d extends Layer {
  readonly weight: Parameter; // [out, in / groups, width]
  readonly bias: Parameter; // [out]
  readonly stride: number;
  readonly dilation: number;
  readonly groups: number;
  readonly padding: Padding;

  constructor({ in: inputs, out, width, rng, ...options }: Conv1dLayerOptions) {
    super();
    const { stride = 1, dilation = 1, groups = 1, padding = 'valid' } = options;
    if (inputs % groups !== 0) throw shapeError('Conv1d', `inputs that ${groups} groups divide`, `${inputs}`);
    this.weight = parameter(uniformFanIn(rng, [out, inputs / groups, width]));
    this.bias = parameter(uniformFanIn(rng, [out], (inputs / groups) * width));
    [this.stride, this.dilation, this.groups, this.padding] = [stride, dilation, groups, padding];
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    return this.convolve(x, this.weight.read(), lengths).add(this.bias);
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    const reach = this.padding === 'valid' ? this.reach : 0;
    return windowsIn(lengths, { reach, stride: this.stride });
  }

  /** Positions that a filter spans beyond its first. */
  private get reach(): number {
    return (this.weight.shape[2] - 1) * this.dilation;
  }

  private convolve(x: Tensor, weight: Tensor, lengths: Tensor | undefined): Tensor {
    if (this.padding !== 'circular' || !lengths) return conv1d(clearBeyond(x, lengths), weight, this);
    const { stride, dilation, groups } = this;
    return conv1d(wrapRows(x, lengths, this.reach), weight, { stride, dilation, groups });
  }
}

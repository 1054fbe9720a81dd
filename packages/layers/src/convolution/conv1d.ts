import {
  cast,
  type Context,
  conv1d,
  type DType,
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
import { ofWindows } from '../receptive-field';
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
  /** False where a norm follows, which would take the bias out again. True unless said. */
  readonly bias?: boolean;
  /** Of the parameters, and so of what the layer reads: `f32` unless said. */
  readonly dtype?: DType;
}

/** y = w ⋆ x + b, a cross-correlation as in PyTorch.   x: [batch, length, in] → [batch, length', out] */
export class Conv1d extends Layer {
  readonly weight: Parameter; // [out, in / groups, width]
  readonly bias?: Parameter; // [out]
  readonly stride: number;
  readonly dilation: number;
  readonly groups: number;
  readonly padding: Padding;

  constructor({ in: inputs, out, width, rng, ...options }: Conv1dLayerOptions) {
    super();
    const { stride = 1, dilation = 1, groups = 1, padding = 'valid', bias = true, dtype = 'f32' } = options;
    if (inputs % groups !== 0) throw shapeError('Conv1d', `inputs that ${groups} groups divide`, `${inputs}`);
    this.weight = parameter(cast(uniformFanIn(rng, [out, inputs / groups, width]), dtype));
    if (bias) this.bias = parameter(cast(uniformFanIn(rng, [out], (inputs / groups) * width), dtype));
    [this.stride, this.dilation, this.groups, this.padding] = [stride, dilation, groups, padding];
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const y = this.convolve(x, this.kernel(), lengths);
    const shift = this.shift();
    return shift ? y.add(shift) : y;
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    const reach = this.padding === 'valid' ? this.reach : 0;
    return windowsIn(lengths, { reach, stride: this.stride });
  }

  override get receptiveField() {
    const { reach, stride, padding } = this;
    return ofWindows({ reach, stride, before: positionsBefore(padding, reach) });
  }

  /** All filters, [out, in / groups, width]. */
  protected kernel(): Tensor {
    return this.weight.read();
  }

  /** What is added to each channel. */
  protected shift(): Tensor | undefined {
    return this.bias?.read();
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

/** How much of `reach` positions of padding stands before the sequence. */
const positionsBefore = (padding: Padding, reach: number): number =>
  ({ valid: 0, same: Math.floor(reach / 2), causal: reach, circular: Math.floor(reach / 2) })[padding];

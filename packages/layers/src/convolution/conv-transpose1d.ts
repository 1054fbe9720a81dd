import {
  add,
  cast,
  type Context,
  convTranspose1d,
  maximum,
  mul,
  type Parameter,
  parameter,
  shapeError,
  sub,
  type Tensor,
} from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import type { Conv1dLayerOptions } from './conv1d';

/** Shape of a `ConvTranspose1d`: a position is spread over `width`, and sequences become `stride` times as long. */
export type ConvTranspose1dOptions = Omit<Conv1dLayerOptions, 'padding'>;

/**
 * Spreads each position over a window: the way back of a `Conv1d` of the same stride, as in PyTorch.
 * x: [batch, length, in] → [batch, (length − 1)·stride + (width − 1)·dilation + 1, out]
 */
export class ConvTranspose1d extends Layer {
  readonly weight: Parameter; // [in, out / groups, width]
  readonly bias?: Parameter; // [out]
  readonly stride: number;
  readonly dilation: number;
  readonly groups: number;

  constructor({ in: inputs, out, width, rng, ...options }: ConvTranspose1dOptions) {
    super();
    const { stride = 1, dilation = 1, groups = 1, bias = true, dtype = 'f32' } = options;
    if (inputs % groups !== 0 || out % groups !== 0)
      throw shapeError('ConvTranspose1d', `inputs and outputs that ${groups} groups divide`, `${inputs} and ${out}`);
    const fan = (out / groups) * width; // as PyTorch counts it
    this.weight = parameter(cast(uniformFanIn(rng, [inputs, out / groups, width], fan), dtype));
    if (bias) this.bias = parameter(cast(uniformFanIn(rng, [out], fan), dtype));
    [this.stride, this.dilation, this.groups] = [stride, dilation, groups];
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const y = convTranspose1d(clearBeyond(x, lengths), this.weight, this);
    return this.bias ? y.add(this.bias) : y;
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    const reach = (this.weight.shape[2] - 1) * this.dilation;
    const spread = add(mul(sub(lengths, 1), this.stride), reach + 1);
    return mul(maximum(spread, 0), cast(lengths.greater(0), 'i32'));
  }
}

import type { Context, Padding, Rng, Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { Conv1d } from './conv1d';

/** Shape and padding of a `SeparableConv1d`. */
export interface SeparableConv1dOptions {
  readonly in: number;
  readonly out: number;
  /** Positions under a filter. */
  readonly width: number;
  readonly rng: Rng;
  /** Filters for each channel: 1 unless said. */
  readonly multiplier?: number;
  readonly stride?: number;
  readonly dilation?: number;
  /** `valid` unless said. */
  readonly padding?: Padding;
  /** False where a norm follows. True unless said. */
  readonly bias?: boolean;
}

/**
 * Filters along each channel by itself, then a mixing of channels at each position: a convolution with in · width + in ·
 * out weights instead of in · out · width (Chollet 2017).   x: [batch, length, in] → [batch, length', out]
 */
export class SeparableConv1d extends Layer {
  readonly depthwise: Conv1d;
  readonly pointwise: Conv1d;

  constructor({ in: inputs, out, width, rng, multiplier = 1, bias = true, ...walk }: SeparableConv1dOptions) {
    super();
    const between = inputs * multiplier;
    this.depthwise = new Conv1d({ in: inputs, out: between, width, groups: inputs, bias: false, rng, ...walk });
    this.pointwise = new Conv1d({ in: between, out, width: 1, bias, rng });
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    return this.pointwise.forward(this.depthwise.forward(x, context));
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return this.depthwise.lengthsAfter(lengths);
  }

  override get receptiveField() {
    return this.depthwise.receptiveField;
  }
}

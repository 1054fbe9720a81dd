import {
  concat,
  type Context,
  conv1d,
  flip,
  maximum,
  type Parameter,
  parameter,
  type Rng,
  split,
  type Tensor,
} from '@hairpin/tensors';
import { uniformFanIn } from './init';
import { Layer } from './layer';
import { clearBeyond, windowsIn } from './lengths';

/** Shape of a `StrandConv1d`. */
export interface StrandConv1dOptions {
  /** Number of filters. */
  readonly out: number;
  /** Letters under a filter. */
  readonly width: number;
  readonly rng: Rng;
}

/**
 * Filters that read both strands: at each place the better of a filter and its reverse complement, which is the filter
 * mirrored in letters and positions, A C G T being mirrored to T G C A.
 * x: [batch, length, 4] → [batch, length − width + 1, out]
 */
export class StrandConv1d extends Layer {
  readonly weight: Parameter; // [out, 4, width]
  readonly bias: Parameter; // [out]

  constructor({ out, width, rng }: StrandConv1dOptions) {
    super();
    this.weight = parameter(uniformFanIn(rng, [out, 4, width]));
    this.bias = parameter(uniformFanIn(rng, [out], 4 * width));
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const forward = this.weight.read();
    const both = concat([forward, flip(forward, [1, 2])], 0); // one convolution with twice the filters
    const [here, there] = split(conv1d(clearBeyond(x, lengths), both), 2, 2);
    return maximum(here, there).add(this.bias);
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return windowsIn(lengths, { reach: this.weight.shape[2] - 1, stride: 1 });
  }
}

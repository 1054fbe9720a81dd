import {
  concat,
  type Context,
  conv1d,
  flip,
  maximum,
  type Parameter,
  parameter,
  type Rng,
  shapeError,
  split,
  type Tensor,
} from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond, windowsIn } from '../lengths';

/** Shape of a `StrandConv1d`. */
export interface StrandConv1dOptions {
  /** Number of filters; each gives two channels. */
  readonly out: number;
  /** Letters under a filter. */
  readonly width: number;
  readonly rng: Rng;
}

/**
 * Filters that read both strands of DNA: channels 0 … out − 1 are the filters, out … 2·out − 1 their reverse complements,
 * which are the filters mirrored in letters and positions, A C G T being mirrored to T G C A. The other strand of x gives
 * the same numbers backwards, the two halves exchanged.   x: [batch, length, 4] → [batch, length − width + 1, 2·out]
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
    return conv1d(clearBeyond(x, lengths), both).add(concat([this.bias, this.bias], 0));
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return windowsIn(lengths, { reach: this.weight.shape[2] - 1, stride: 1 });
  }
}

/**
 * The better of the two strands, for what `StrandConv1d` gives and for pools of it, which are smaller.
 * x: [..., 2·channels] → [..., channels]
 */
export class StrandMax extends Layer {
  forward(x: Tensor): Tensor {
    const channels = x.shape.at(-1) ?? 1;
    if (channels % 2 !== 0) throw shapeError('StrandMax', 'channels of two strands', x.shape);
    const [forward, reverse] = split(x, 2, -1);
    return maximum(forward, reverse);
  }
}

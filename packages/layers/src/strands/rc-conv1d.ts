import { concat, type DType, flip, type Padding, type Rng, shapeError, type Tensor } from '@hairpin/tensors';
import { Conv1d } from '../convolution/conv1d';

/** Shape and padding of an `RCConv1d`. */
export interface RCConv1dOptions {
  /** Channels, of which the c-th and the c-th from the end are complements: 4 for one-hot A C G T. */
  readonly in: number;
  /** Channels it gives, an even number: filters, and as many of the other strand. */
  readonly out: number;
  /** Positions under a filter. */
  readonly width: number;
  readonly rng: Rng;
  readonly dilation?: number;
  /** `valid` unless said; `causal` has a direction, which the other strand does not share. */
  readonly padding?: Exclude<Padding, 'causal'>;
  /** False where a norm follows. True unless said. */
  readonly bias?: boolean;
  readonly dtype?: DType;
}

/**
 * A convolution that treats both strands of DNA alike: the other strand of x gives the other strand of y, f(rc x) =
 * rc f(x) with rc as in `otherStrand`. The second half of the channels are the filters of the first, mirrored in
 * positions and channels and in opposite order (Shrikumar et al. 2017; Zhou et al. 2022, RCPS).
 * x: [batch, length, in] → [batch, length', out]
 */
export class RCConv1d extends Conv1d {
  // weight: [out / 2, in, width], bias: [out / 2]

  constructor({ out, ...options }: RCConv1dOptions) {
    const { width, dilation = 1, padding = 'valid' } = options;
    if (out % 2 !== 0) throw shapeError('RCConv1d', 'an even number of channels to give', `${out}`);
    if (padding !== 'valid' && ((width - 1) * dilation) % 2 !== 0)
      throw shapeError('RCConv1d', `an odd width, to look as far to both sides with ${padding} padding`, `${width}`);
    super({ ...options, out: out / 2 });
  }

  protected override kernel(): Tensor {
    const forward = this.weight.read();
    return concat([forward, flip(forward, [0, 1, 2])], 0); // one convolution with twice the filters
  }

  protected override shift(): Tensor | undefined {
    const forward = this.bias?.read();
    return forward && concat([forward, flip(forward, 0)], 0);
  }
}

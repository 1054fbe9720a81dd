import {
  cast,
  type Context,
  type DType,
  normal,
  type Parameter,
  parameter,
  type Rng,
  shapeError,
  slice,
  type Tensor,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';

/**
 * x + p, with a learned vector for each position (Gehring et al. 2017).   x: [batch, length, channels] → the same shape
 * Starts small, normal with a standard deviation of 0.02, so that a young net sees x.
 */
export class LearnedPositions extends Layer {
  readonly weight: Parameter; // [length, channels]

  /** `length` is the longest that a row may be. */
  constructor(options: {
    readonly length: number;
    readonly channels: number;
    readonly rng: Rng;
    readonly dtype?: DType;
  }) {
    super();
    const { length, channels, rng, dtype = 'f32' } = options;
    this.weight = parameter(cast(normal(rng, [length, channels], 0, 0.02), dtype));
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const [length, channels] = this.weight.shape;
    if (x.shape.length !== 3 || x.shape[1] > length || x.shape[2] !== channels)
      throw shapeError('LearnedPositions', `input [batch, length ≤ ${length}, ${channels}]`, x.shape);
    return clearBeyond(x, lengths).add(slice(this.weight, [0], [x.shape[1]]));
  }
}

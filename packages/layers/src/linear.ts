import { type Context, type Parameter, parameter, type Rng, shapeError, type Tensor, zeros } from '@hairpin/tensors';
import { uniformFanIn } from './init';
import { Layer } from './layer';
import { clearBeyond } from './lengths';
import { pointwise } from './receptive-field';

/** Shape and start of a `Linear`. */
export interface LinearOptions {
  readonly in: number;
  readonly out: number;
  readonly rng: Rng;
  /** Zero instead of random, for a head that is to begin undecided. */
  readonly zero?: boolean;
}

/** y = x·Wᵀ + b.   x: [..., in] → y: [..., out] */
export class Linear extends Layer {
  readonly weight: Parameter; // [out, in]
  readonly bias: Parameter; // [out]

  constructor({ in: inputs, out, rng, zero = false }: LinearOptions) {
    super();
    this.weight = parameter(zero ? zeros([out, inputs]) : uniformFanIn(rng, [out, inputs]));
    this.bias = parameter(zero ? zeros([out]) : uniformFanIn(rng, [out], inputs));
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const [, inputs] = this.weight.shape;
    if (x.shape.at(-1) !== inputs) throw shapeError('Linear', `input [..., ${inputs}]`, x.shape);
    return clearBeyond(x, context.lengths).matmul(this.weight.transpose()).add(this.bias);
  }

  override get receptiveField() {
    return pointwise;
  }
}

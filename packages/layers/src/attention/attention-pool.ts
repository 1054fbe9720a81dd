import {
  cast,
  type Context,
  type DType,
  full,
  maskedSoftmax,
  type Parameter,
  parameter,
  reshape,
  type Rng,
  shapeError,
  sigmoid,
  sum,
  tanh,
  tap,
  type Tensor,
  transpose,
} from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond, isInside } from '../lengths';

/** Shape and kind of an `AttentionPool`. */
export interface AttentionPoolOptions {
  /** Channels of an instance. */
  readonly in: number;
  /** Units that judge an instance: 128 unless said. */
  readonly hidden?: number;
  /** tanh(V·h) ⊙ σ(U·h) in place of tanh(V·h): off unless said. */
  readonly gated?: boolean;
  readonly rng: Rng;
  /** The name under which the weights are tapped: `attention` unless said. */
  readonly name?: string;
  readonly dtype?: DType;
}

/**
 * A bag as the weighted mean of its instances, z = Σ a_k·h_k with a = softmax over k of wᵀ·tanh(V·h_k), or gated wᵀ·(tanh(V·h_k) ⊙
 * σ(U·h_k)) (Ilse, Tomczak & Welling 2018, eqs. 7 to 9).   x: [batch, instances, channels] → [batch, channels]
 * `context.lengths` says how many instances each bag has; a bag of none gives zeros. Weights are tapped as [batch, instances].
 */
export class AttentionPool extends Layer {
  readonly V: Parameter; // [hidden, in]
  readonly U?: Parameter; // [hidden, in], where gated
  readonly w: Parameter; // [hidden]
  readonly name: string;

  constructor(options: AttentionPoolOptions) {
    super();
    const { in: inputs, hidden = 128, gated = false, rng, name = 'attention', dtype = 'f32' } = options;
    const draw = () => parameter(cast(uniformFanIn(rng, [hidden, inputs]), dtype));
    this.V = draw();
    if (gated) this.U = draw();
    this.w = parameter(cast(uniformFanIn(rng, [hidden], hidden), dtype));
    this.name = name;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    const [, inputs] = this.V.shape;
    if (x.shape.length !== 3 || x.shape[2] !== inputs)
      throw shapeError('AttentionPool', `input [batch, instances, ${inputs}]`, x.shape);
    const own = clearBeyond(x, lengths);
    const all = full([1, 1, 1], 1, { dtype: 'bool', device: x.device });
    const seen = lengths ? isInside(lengths, x.shape[1]) : all;
    const scores = this.judge(own).matmul(this.w);
    const weights = tap(maskedSoftmax(scores, reshape(seen, seen.shape.slice(0, 2))), this.name);
    return sum(own.mul(reshape(weights, [...weights.shape, 1])), 1);
  }

  override lengthsAfter(): undefined {
    return undefined;
  }

  private judge(x: Tensor): Tensor {
    const seen = tanh(x.matmul(transpose(this.V)));
    return this.U ? seen.mul(sigmoid(x.matmul(transpose(this.U)))) : seen;
  }
}

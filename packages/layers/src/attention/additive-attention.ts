import {
  arange,
  cast,
  type Context,
  type DType,
  full,
  less,
  logicalAnd,
  matmul,
  maskedSoftmax,
  type Parameter,
  parameter,
  reshape,
  type Rng,
  shapeError,
  tanh,
  tap,
  type Tensor,
  transpose,
} from '@hairpin/tensors';
import { uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import type { AttendOptions } from './multi-head-attention';

/** Shape and start of an `AdditiveAttention`. */
export interface AdditiveAttentionOptions {
  /** Channels of the queries. */
  readonly query: number;
  /** Channels of the keys. */
  readonly keys: number;
  /** Units of the small net that compares the two. */
  readonly hidden: number;
  readonly rng: Rng;
  /** The name under which the weights are tapped: `attention` unless said. */
  readonly name?: string;
  readonly dtype?: DType;
}

/**
 * Attention by a small net: the weights of the keys are softmax over j of vᵀ·tanh(W·q + U·k_j) (Bahdanau et al. 2015, appendix
 * A.1.2).   queries [batch, queries, query], keys [batch, keys, keys] → [batch, queries, channels of the values]
 * Takes memory for batch × queries × keys × hidden; weights are tapped as [batch, queries, keys].
 */
export class AdditiveAttention extends Layer {
  readonly queryWeight: Parameter; // W [hidden, query]
  readonly keyWeight: Parameter; // U [hidden, keys]
  readonly score: Parameter; // v [hidden]
  readonly name: string;

  constructor({ query, keys, hidden, rng, name = 'attention', dtype = 'f32' }: AdditiveAttentionOptions) {
    super();
    this.queryWeight = parameter(cast(uniformFanIn(rng, [hidden, query]), dtype));
    this.keyWeight = parameter(cast(uniformFanIn(rng, [hidden, keys]), dtype));
    this.score = parameter(cast(uniformFanIn(rng, [hidden], hidden), dtype));
    this.name = name;
  }

  /** Each position asks all others.   x: [batch, length, channels] → [batch, length, channels] */
  forward(x: Tensor, context: Context = {}): Tensor {
    return this.attend(x, x, x, { ...context, queryLengths: context.lengths });
  }

  /** Queries ask keys, and get values, which are the keys unless said. `lengths` are those of the keys. */
  attend(query: Tensor, keys: Tensor, values: Tensor = keys, options: AttendOptions = {}): Tensor {
    const { lengths, queryLengths, mask } = options;
    this.check(query, keys, values);
    const projected = this.project(clearBeyond(keys, lengths));
    const weights = this.weights(clearBeyond(query, queryLengths), projected, { lengths, mask });
    return matmul(tap(weights, this.name), clearBeyond(values, lengths));
  }

  /** U·k, which is the same for all queries.   keys: [batch, keys, keys] → [batch, keys, hidden] */
  project(keys: Tensor): Tensor {
    return keys.matmul(transpose(this.keyWeight));
  }

  /** The weights of the keys, not tapped.   query: [batch, queries, query], projected: [batch, keys, hidden] → [batch, queries, keys] */
  weights(query: Tensor, projected: Tensor, { lengths, mask }: Pick<AttendOptions, 'lengths' | 'mask'> = {}): Tensor {
    const [batch, queries, keys] = [query.shape[0], query.shape[1], projected.shape[1]];
    const [hidden] = this.score.shape;
    const asked = reshape(query.matmul(transpose(this.queryWeight)), [batch, queries, 1, hidden]);
    const scores = tanh(asked.add(reshape(projected, [batch, 1, keys, hidden]))).matmul(this.score);
    return maskedSoftmax(scores, visible(scores, lengths, mask));
  }

  private check(query: Tensor, keys: Tensor, values: Tensor): void {
    const [[, asked], [, known]] = [this.queryWeight.shape, this.keyWeight.shape];
    const is = (t: Tensor) => t.shape.length === 3 && t.shape[0] === query.shape[0];
    const fits = is(query) && is(keys) && is(values) && query.shape[2] === asked && keys.shape[2] === known;
    if (!fits || keys.shape[1] !== values.shape[1])
      throw shapeError(
        'AdditiveAttention',
        `queries [batch, queries, ${asked}], keys [batch, keys, ${known}] and values [batch, keys, …]`,
        query.shape,
        keys.shape,
        values.shape,
      );
  }
}

/** True where a query sees a key. */
function visible(scores: Tensor, lengths: Tensor | undefined, mask: Tensor | undefined): Tensor {
  const [, , keys] = scores.shape;
  if (
    mask &&
    (mask.dtype !== 'bool' || mask.shape.some((n, d) => n !== 1 && n !== scores.shape.slice(-mask.shape.length)[d]))
  )
    throw shapeError('AdditiveAttention', `a bool mask that broadcasts to [${scores.shape.join(', ')}]`, `${mask}`);
  const own = lengths
    ? less(arange(keys, 'i32'), reshape(lengths, [-1, 1, 1]))
    : full([1, 1, 1], 1, { dtype: 'bool', device: scores.device });
  return mask ? logicalAnd(own, mask) : own;
}

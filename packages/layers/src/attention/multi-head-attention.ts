import {
  cast,
  type Context,
  type DType,
  type Parameter,
  parameter,
  permute,
  type Rng,
  shapeError,
  split,
  type Tensor,
  transpose,
  zeros,
} from '@hairpin/tensors';
import { Dropout } from '../dropout';
import { glorotUniform, uniformFanIn } from '../init';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { rotary } from './rotary';
import { type AttentionForm, scaledDotProductAttention } from './scaled-dot-product';

/** Shape and kind of a `MultiHeadAttention`. */
export interface MultiHeadAttentionOptions {
  /** Channels of the queries and of the result, which the heads share out among them. */
  readonly embed: number;
  readonly heads: number;
  readonly rng: Rng;
  /** Whether the four products have a bias: true unless said. */
  readonly bias?: boolean;
  /** Channels of the keys (PyTorch's `kdim`): `embed` unless said. */
  readonly keyChannels?: number;
  /** Channels of the values (PyTorch's `vdim`): `embed` unless said. */
  readonly valueChannels?: number;
  /** Share of the weights that are dropped while training: 0 unless said. */
  readonly dropout?: number;
  /** A position sees itself and what is before it. */
  readonly causal?: boolean;
  /** Turns queries and keys by their positions; see `rotary`. */
  readonly rotary?: boolean;
  /** How inference computes; see `scaledDotProductAttention`. Training holds the weights, which its gradient needs. */
  readonly form?: AttentionForm;
  /** The name under which the weights are tapped: `attention` unless said. */
  readonly name?: string;
  readonly dtype?: DType;
}

/** A context, and what concerns one call; `lengths` are those of the keys. */
export interface AttendOptions extends Context {
  /** True where a query may see a key; see `scaledDotProductAttention`. */
  readonly mask?: Tensor | undefined;
  /** Lengths of the rows of queries, `[batch]` as i32, where those are padded. */
  readonly queryLengths?: Tensor | undefined;
}

/**
 * Attention in several heads, each in its own share of the channels (Vaswani et al. 2017, section 3.2.2), with the parameters
 * and the start of `torch.nn.MultiheadAttention`.   x: [batch, length, embed] → [batch, length, embed]
 * `forward` attends to x itself, `attend` to something else. Weights are tapped as [batch, heads, queries, keys].
 */
export class MultiHeadAttention extends Layer {
  readonly inProjWeight?: Parameter; // [3 · embed, embed]: rows for queries, keys, values
  readonly qProjWeight?: Parameter; // [embed, embed]; these three where keys or values have other channels
  readonly kProjWeight?: Parameter; // [embed, keyChannels]
  readonly vProjWeight?: Parameter; // [embed, valueChannels]
  readonly inProjBias?: Parameter; // [3 · embed]
  readonly outProj: { readonly weight: Parameter; readonly bias?: Parameter }; // [embed, embed], [embed]
  readonly heads: number;
  readonly causal: boolean;
  readonly rotary: boolean;
  readonly dropout: Dropout;
  readonly form: AttentionForm | undefined;
  readonly name: string;

  constructor(options: MultiHeadAttentionOptions) {
    super();
    const { embed, heads, rng, bias = true, keyChannels = embed, valueChannels = embed, dtype = 'f32' } = options;
    if (!Number.isInteger(heads) || heads < 1 || embed % heads !== 0)
      throw new RangeError(`MultiHeadAttention: heads (${heads}) must divide embed (${embed})`);
    if (options.rotary && (embed / heads) % 2 !== 0)
      throw new RangeError(`MultiHeadAttention: rotary positions turn pairs, and a head has ${embed / heads} channels`);
    const draw = (rows: number, columns: number) => parameter(cast(glorotUniform(rng, [rows, columns]), dtype));
    if (keyChannels === embed && valueChannels === embed) this.inProjWeight = draw(3 * embed, embed);
    else {
      this.qProjWeight = draw(embed, embed);
      this.kProjWeight = draw(embed, keyChannels);
      this.vProjWeight = draw(embed, valueChannels);
    }
    const zero = (n: number) => parameter(zeros([n], { dtype }));
    if (bias) this.inProjBias = zero(3 * embed);
    const weight = parameter(cast(uniformFanIn(rng, [embed, embed]), dtype));
    this.outProj = bias ? { weight, bias: zero(embed) } : { weight };
    this.heads = heads;
    this.causal = options.causal ?? false;
    this.rotary = options.rotary ?? false;
    this.dropout = new Dropout(options.dropout ?? 0);
    this.form = options.form;
    this.name = options.name ?? 'attention';
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    this.check(x, x, x);
    return this.mix(this.projectOne(clearBeyond(x, context.lengths)), context);
  }

  /** Queries [batch, queries, embed], keys and values [batch, keys, …] → [batch, queries, embed] */
  attend(query: Tensor, keys: Tensor, values: Tensor = keys, options: AttendOptions = {}): Tensor {
    const { lengths, queryLengths } = options;
    this.check(query, keys, values);
    const clean = [clearBeyond(query, queryLengths), clearBeyond(keys, lengths), clearBeyond(values, lengths)];
    return this.mix(this.project(clean), options);
  }

  /** What the heads make of projected queries, keys and values, through the last product. */
  private mix(projected: readonly Tensor[], options: AttendOptions): Tensor {
    const { lengths, mask, training = false } = options;
    const [q, k, v] = projected.map((t) => this.split(t));
    const [a, b] = this.rotary ? [rotary(q), rotary(k)] : [q, k];
    const { causal, name } = this;
    const isDropped = training && this.dropout.p > 0;
    const y = scaledDotProductAttention(a, b, v, {
      ...{ mask, causal, lengths, name, form: training ? 'plain' : this.form },
      ...(isDropped && { dropout: (weights: Tensor) => this.dropout.forward(weights, options) }),
    });
    const joined = permute(y, [0, 2, 1, 3]).reshape([...projected[0].shape]);
    return affine(joined, this.outProj.weight.read(), this.outProj.bias?.read());
  }

  /** Queries, keys and values of one sequence: one product. */
  private projectOne(x: Tensor): Tensor[] {
    if (!this.inProjWeight) return this.project([x, x, x]);
    return split(affine(x, this.inProjWeight.read(), this.inProjBias?.read()), 3, 2);
  }

  private project(inputs: readonly Tensor[]): Tensor[] {
    const weights = this.inProjWeight
      ? split(this.inProjWeight, 3, 0)
      : [this.qProjWeight!, this.kProjWeight!, this.vProjWeight!].map((weight) => weight.read());
    const biases = this.inProjBias && split(this.inProjBias, 3, 0);
    return inputs.map((x, i) => affine(x, weights[i], biases?.[i]));
  }

  /** [batch, length, embed] → [batch, heads, length, embed / heads] */
  private split(x: Tensor): Tensor {
    const [batch, length, embed] = x.shape;
    return permute(x.reshape([batch, length, this.heads, embed / this.heads]), [0, 2, 1, 3]);
  }

  private check(query: Tensor, keys: Tensor, values: Tensor): void {
    const [embed] = this.outProj.weight.shape;
    const [, keyChannels] = this.kProjWeight?.shape ?? [embed, embed];
    const [, valueChannels] = this.vProjWeight?.shape ?? [embed, embed];
    const is = (t: Tensor, channels: number) =>
      t.shape.length === 3 && t.shape[0] === query.shape[0] && t.shape[2] === channels;
    if (is(query, embed) && is(keys, keyChannels) && is(values, valueChannels) && keys.shape[1] === values.shape[1])
      return;
    throw shapeError(
      'MultiHeadAttention',
      `queries [batch, queries, ${embed}], keys [batch, keys, ${keyChannels}], values [batch, keys, ${valueChannels}]`,
      query.shape,
      keys.shape,
      values.shape,
    );
  }
}

/** x·Wᵀ + b. */
function affine(x: Tensor, weight: Tensor, bias: Tensor | undefined): Tensor {
  const product = x.matmul(transpose(weight));
  return bias ? product.add(bias) : product;
}

import {
  arange,
  attention,
  attentionWeights,
  less,
  matmul,
  reshape,
  type Shape,
  shapeError,
  tap,
  type Tensor,
  where,
} from '@hairpin/tensors';

/** What a query may see, and how the weights are computed. */
export interface ScaledDotProductOptions {
  /**
   * True where a query may see a key: `[queries, keys]`, `[batch, queries, keys]` or `[batch, heads, queries, keys]`, any length 1
   * standing for all. (`torch.nn.MultiheadAttention` says it the other way round.)
   */
  readonly mask?: Tensor | undefined;
  /** Query i sees the keys 0 to i. */
  readonly causal?: boolean;
  /** How many keys each row has, `[batch]` as i32; nothing beyond them is looked at, whatever it is. */
  readonly lengths?: Tensor | undefined;
  /** What scores are multiplied by: 1 / √width unless said. */
  readonly scale?: number;
  /**
   * `plain` holds all weights, so that they can be tapped and the gradient be taken; `blocked` holds none, and takes no mask. Unless
   * said, blocked from 2²⁰ weights in a head on (1024 × 1024) where there is no mask.
   */
  readonly form?: AttentionForm | undefined;
  /** Under which name the weights are tapped: `attention` unless said. */
  readonly name?: string;
  /** What becomes of the weights before they meet the values; needs the plain form. */
  readonly dropout?: ((weights: Tensor) => Tensor) | undefined;
}

/** How attention is computed: with its weights, or with memory linear in the lengths. */
export type AttentionForm = 'plain' | 'blocked';

/** Weights of a head from which on they are not kept: 4 MiB. Below, the plain form is faster (`npm run bench -- attention`). */
const manyWeights = 2 ** 20;

/**
 * softmax(q·kᵀ / √width)·v (Vaswani et al. 2017, eq. 1), by name and meaning `torch.nn.functional.scaled_dot_product_attention`.
 * q: [batch, queries, width], k: [batch, keys, width], v: [batch, keys, out] → [batch, queries, out], or all of them with heads
 * after the batch. A query that sees no key gives zeros. The weights, [batch, queries, keys] or with heads, are tapped in the
 * plain form.
 */
export function scaledDotProductAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  options: ScaledDotProductOptions = {},
): Tensor {
  checkShapes(q, k, v, options);
  const { name = 'attention' } = options;
  if (q.shape.length === 4) return overHeads(q, k, v, options, (weights) => tap(weights, name));
  const [a, b, c] = [q, k, v].map((t) => reshape(t, [t.shape[0], 1, ...t.shape.slice(1)]));
  const withoutHeads = [q.shape[0], q.shape[1], k.shape[1]];
  const show = (weights: Tensor) => reshape(tap(reshape(weights, withoutHeads), name), weights.shape);
  const y = overHeads(a, b, c, options, show);
  return reshape(y, [q.shape[0], q.shape[1], v.shape[2]]);
}

function overHeads(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  options: ScaledDotProductOptions,
  show: (weights: Tensor) => Tensor,
): Tensor {
  const { mask, lengths, dropout = (weights) => weights, form = formOf(q, k, mask) } = options;
  if (form === 'blocked') return attention(q, k, v, options);
  const weights = attentionWeights(q, k, { ...options, mask: mask && withHeads(mask, q, k) });
  return matmul(dropout(show(weights)), clearKeys(v, lengths));
}

const formOf = (q: Tensor, k: Tensor, mask: Tensor | undefined): AttentionForm =>
  mask || q.shape[2] * k.shape[2] < manyWeights ? 'plain' : 'blocked';

/** Values [batch, heads, keys, out] with zeros beyond each row's length: by choice, for 0 · NaN is NaN. */
function clearKeys(v: Tensor, lengths: Tensor | undefined): Tensor {
  if (!lengths) return v;
  return where(less(reshape(arange(v.shape[2], 'i32'), [-1, 1]), reshape(lengths, [-1, 1, 1, 1])), v, 0);
}

// ---- the door ------------------------------------------------------------------------------------------------------

const expectedShapes =
  'q [batch, queries, width], k [batch, keys, width], v [batch, keys, out], or with heads after the batch';

function checkShapes(q: Tensor, k: Tensor, v: Tensor, { form, mask, lengths, dropout }: ScaledDotProductOptions): void {
  const rank = q.shape.length;
  const isAlike = (t: Tensor) => t.shape.length === rank && t.shape.slice(0, -2).join() === q.shape.slice(0, -2).join();
  const fits = (rank === 3 || rank === 4) && isAlike(k) && isAlike(v) && k.shape.at(-1) === q.shape.at(-1);
  if (!fits || k.shape.at(-2) !== v.shape.at(-2))
    throw shapeError('scaledDotProductAttention', expectedShapes, q.shape, k.shape, v.shape);
  if (lengths && (lengths.dtype !== 'i32' || lengths.shape.join() !== `${q.shape[0]}`))
    throw shapeError('scaledDotProductAttention', `lengths [${q.shape[0]}] as i32`, `${lengths}`);
  if (form === 'blocked' && (mask || dropout))
    throw new RangeError(
      `scaledDotProductAttention: the blocked form holds no weights, so it takes no ${mask ? 'mask' : 'dropout'}; use form: 'plain'`,
    );
}

/** The mask as [batch, heads, queries, keys], any length 1 standing for all. */
function withHeads(mask: Tensor, q: Tensor, k: Tensor): Tensor {
  const { shape } = mask;
  const whole: Shape = [q.shape[0], q.shape[1], q.shape[2], k.shape[2]];
  const own = shape.length === 3 ? [shape[0], 1, shape[1], shape[2]] : shape;
  const end = whole.slice(4 - own.length);
  const fits = own.length >= 2 && own.length <= 4 && own.every((n, d) => n === 1 || n === end[d]);
  const [batch, heads, queries, keys] = whole;
  if (mask.dtype !== 'bool' || !fits)
    throw shapeError(
      'scaledDotProductAttention',
      `a bool mask [${queries}, ${keys}], [${batch}, ${queries}, ${keys}] or [${batch}, ${heads}, ${queries}, ${keys}], true where a query may see a key`,
      `${mask}`,
    );
  return own === shape ? mask : reshape(mask, own);
}

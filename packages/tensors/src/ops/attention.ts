import { isFloat } from '../dtype';
import { shapeError } from '../errors';
import { backward, type GradOptions, pathTo } from '../grad';
import { apply, type HostArray, operands, type Op, sameDType, type TensorLike } from '../op';
import { size } from '../shape';
import type { Tensor } from '../tensor';
import { blockedKernel, widestHead } from '../webgpu/kernels/attention';
import { matmul } from './contract';
import { copy, less, lessEqual, logicalAnd, mul, where } from './elementwise';
import { arange, full, ones } from './generate';
import { maskedSoftmax } from './masked-softmax';
import { pad, slice, transpose } from './movement';
import { reshape } from './reshape';

/** Which keys a query sees, and by how much scores are multiplied. */
export interface AttentionOptions {
  /** A query sees the keys up to its own place: query i those from 0 to i, as in PyTorch, whatever the two lengths are. */
  readonly causal?: boolean;
  /** How many keys each row has, `[batch]` as i32; all of them unless said. */
  readonly lengths?: Tensor | undefined;
  /** 1 / √width unless said (Vaswani et al. 2017, eq. 1). */
  readonly scale?: number;
}

interface Attrs {
  readonly causal: boolean;
  readonly scale: number;
}

/** What `attention` means: q [batch, heads, queries, width], k [.., keys, width], v [.., keys, out], lengths [batch]. */
const attentionOp: Op<Attrs> = {
  name: 'attention',
  infer: ([q, k, v]) => ({ shape: [...q.shape.slice(0, 3), v.shape[3]], dtype: sameDType('attention', [q, k, v]) }),
  reference: ([q, k, v, lengths], attrs, out) => eachQuery([q, k, v, lengths], attrs, out),
  vjp: (dy, { inputs, attrs }, options) => throughPlainForm(dy, inputs, attrs, options),
  lowering: { kind: 'composite', expand: (inputs, attrs) => asBlocks(inputs, attrs) },
};

/** The same for widths that are multiples of 4: the one that has a kernel. */
const blockedOp: Op<Attrs> = {
  ...attentionOp,
  name: 'blockedAttention',
  lowering: {
    kind: 'kernel',
    kernel: ([q, k, v], { causal, scale }, isSoftware) => {
      const [batch, heads, queries, width] = q.shape;
      const [keys, out] = [k.shape[2], v.shape[3]];
      return blockedKernel({ batch, heads, queries, keys, width, out, causal, scale, isSoftware });
    },
  },
};

/** One query after the other: a row of scores is all that is ever held. */
function eachQuery([q, k, v, lengths]: readonly HostArray[], { causal, scale }: Attrs, out: HostArray): void {
  const [, heads, queries, width] = q.shape;
  const [keys, features] = [k.shape[2], v.shape[3]];
  const [scores, sums] = [new Float64Array(keys), new Float64Array(features)];
  for (let at = 0; at < size(q.shape.slice(0, 3)); at++) {
    const head = Math.floor(at / queries);
    const own = Math.min(Math.max(lengths.data[Math.floor(head / heads)], 0), keys);
    const seen = causal ? Math.min(own, (at % queries) + 1) : own;
    let [top, total] = [-Infinity, 0];
    for (let j = 0; j < seen; j++) {
      let dot = 0;
      for (let c = 0; c < width; c++) dot += q.data[at * width + c] * k.data[(head * keys + j) * width + c];
      scores[j] = scale * dot;
      top = Math.max(top, scores[j]);
    }
    for (let j = 0; j < seen; j++) total += scores[j] = Math.exp(scores[j] - top);
    sums.fill(0);
    for (let j = 0; j < seen; j++)
      for (let c = 0; c < features; c++)
        sums[c] = sums[c] + (scores[j] / total) * v.data[(head * keys + j) * features + c];
    out.data.set(sums, at * features);
  }
}

// ---- the plain form --------------------------------------------------------------------------------------------------

/** True where a query sees a key: [queries, keys], or [batch, 1, queries, keys] with lengths. */
function visible(queries: number, keys: number, causal: boolean, lengths: Tensor | undefined): Tensor {
  const key = arange(keys, 'i32');
  const upTo = causal ? lessEqual(key, reshape(arange(queries, 'i32'), [queries, 1])) : undefined;
  const own = lengths && less(key, reshape(lengths, [-1, 1, 1, 1]));
  if (upTo && own) return logicalAnd(upTo, own);
  return upTo ?? own ?? ones([1, 1], { dtype: 'bool' });
}

/**
 * How much each query takes of each key: softmax(scale · q·kᵀ) over the keys that it sees, and zeros where it sees none.
 * q: [batch, heads, queries, width], k: [batch, heads, keys, width] → [batch, heads, queries, keys]. `mask` is true where a query may
 * see a key, and broadcasts to the result.
 */
export function attentionWeights(
  q: Tensor,
  k: Tensor,
  { causal = false, lengths, scale = scaleOf(q), mask }: AttentionOptions & { readonly mask?: Tensor | undefined } = {},
): Tensor {
  const scores = mul(matmul(q, transpose(clearKeys(k, lengths))), scale);
  const seen = visible(q.shape[2], k.shape[2], causal, lengths);
  return maskedSoftmax(scores, mask ? logicalAnd(seen, mask) : seen);
}

const scaleOf = (q: Tensor): number => 1 / Math.sqrt(Math.max(q.shape.at(-1)!, 1));

/** Keys or values [batch, heads, keys, features] with zeros past each row's length, for 0 · NaN is NaN. */
function clearKeys(t: Tensor, lengths: Tensor | undefined): Tensor {
  if (!lengths) return t;
  return where(less(reshape(arange(t.shape[2], 'i32'), [-1, 1]), reshape(lengths, [-1, 1, 1, 1])), t, 0);
}

/** Weights times values. */
function plainForm([q, k, v, lengths]: readonly Tensor[], attrs: Attrs): Tensor {
  return matmul(attentionWeights(q, k, { ...attrs, lengths }), clearKeys(v, lengths));
}

/** The gradient of the plain form, with the rules that replace backward rules where there are any. */
function throughPlainForm(dy: Tensor, [q, k, v, lengths]: readonly Tensor[], attrs: Attrs, options: GradOptions = {}) {
  const own = [q, k, v].map((t) => copy(t));
  const y = plainForm([...own, lengths], attrs);
  const found = backward(pathTo([y], new Set(own)), new Map([[y, dy]]), options);
  return [...own.map((t) => found.get(t)), undefined];
}

// ---- the blocked form ------------------------------------------------------------------------------------------------

const roundUp = (n: number): number => Math.ceil(n / 4) * 4;

/** The kernel's form: heads padded to vectors of four. A head too wide for an invocation to hold takes the plain form. */
function asBlocks([q, k, v, lengths]: readonly Tensor[], attrs: Attrs): Tensor {
  const [width, out] = [q.shape[3], v.shape[3]];
  if (k.shape[2] === 0 || roundUp(width) + roundUp(out) > widestHead) return plainForm([q, k, v, lengths], attrs);
  const widen = (t: Tensor) => padLast(t, roundUp(Math.max(t.shape[3], 1)));
  const y = apply(blockedOp, [widen(q), widen(k), widen(v), lengths], attrs);
  return y.shape[3] === out ? y : slice(y, [], [undefined, undefined, undefined, out]);
}

function padLast(t: Tensor, width: number): Tensor {
  const before = t.shape.slice(0, -1).map(() => [0, 0] as const);
  return width === t.shape.at(-1) ? t : pad(t, [...before, [0, width - t.shape.at(-1)!]]);
}

/**
 * softmax(scale · q·kᵀ)·v with memory linear in the lengths: blocks of keys are read one after the other, and sums so far
 * rescaled when a larger score comes (Milakov & Gimelshein 2018, alg. 3; Dao et al. 2022, alg. 1). A query that sees no key
 * gives zeros. The weights exist nowhere; the gradient computes them, and so takes memory for queries × keys.
 *
 * q: [batch, heads, queries, width], k: [batch, heads, keys, width], v: [batch, heads, keys, out] → [batch, heads, queries, out]
 */
export function attention(q: TensorLike, k: TensorLike, v: TensorLike, options: AttentionOptions = {}): Tensor {
  const [a, b, c] = operands('attention', [q, k, v]);
  const [batch, heads, , width] = a.shape;
  const isHeads = (t: Tensor) => t.shape.length === 4 && t.shape[0] === batch && t.shape[1] === heads;
  const fits = [a, b, c].every(isHeads) && b.shape[3] === width && c.shape[2] === b.shape[2];
  if (!fits || !isFloat(a.dtype))
    throw shapeError(
      'attention',
      'floats q [batch, heads, queries, width], k [batch, heads, keys, width], v [batch, heads, keys, out]',
      a.shape,
      b.shape,
      c.shape,
    );
  const lengths = options.lengths ?? full([batch], b.shape[2], { dtype: 'i32', device: a.device });
  if (lengths.dtype !== 'i32' || lengths.shape.length !== 1 || lengths.shape[0] !== batch)
    throw shapeError('attention', `lengths [${batch}] as i32`, `${lengths}`);
  return apply(attentionOp, [a, b, c, lengths], {
    causal: options.causal ?? false,
    scale: options.scale ?? scaleOf(a),
  });
}
attention.op = attentionOp;

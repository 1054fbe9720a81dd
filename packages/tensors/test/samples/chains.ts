import * as T from '../../src/index';
import { range, size } from '../../src/shape';
import { bools, indices, integers, normal, sample, type Sample } from './values';

/** Of random programs; in the three left out hardly anything of x reaches the result. */
const seeds = range(32).filter((seed) => ![11, 25, 31].includes(seed));

/** Ops that meet as models let them meet, and random programs: what one op alone does not show of fusion and views. */
export const chains: Record<string, readonly Sample[]> = {
  model: [
    sample(
      'a dense layer',
      (x, w, b) => x.matmul(w.transpose()).add(b).relu(),
      normal([5, 3]),
      normal([7, 3]),
      normal([7]),
    ),
    sample('layer norm', layerNorm, normal([4, 9]), normal([9], 'scale'), normal([9], 'shift')),
    sample('attention', attention, normal([2, 5, 3], 'q'), normal([2, 7, 3], 'k'), normal([2, 7, 4], 'v')),
    sample('cross-entropy', crossEntropy, normal([5, 3]), indices([5, 1], 0, 2, 1, 1, 0)),
    sample('a convolution, pooled', pooledConv, normal([2, 11, 4]), normal([3, 4, 5]), normal([3])),
    sample('masked mean', maskedMean, normal([3, 7, 2]), bools([3, 7, 1])),
    sample('three reductions in a row', (x) => x.sum(0).softmax(-1).square().sum(1).max(), normal([3, 5, 7])),
    sample('a diamond', (x) => x.exp().add(x.sum(0)).mul(x.exp().mean()), normal([5, 3])),
    sample('a product with itself', (x) => x.matmul(x.transpose()).tanh().matmul(x), normal([6, 4])),
    sample(
      'embedded words',
      (w, i) => T.embedding(w, i).square().mean(1),
      normal([7, 3]),
      indices([2, 3], 0, 6, 6, 2, 0, 6),
    ),
    sample(
      'the largest of rows looked up',
      (x, i) =>
        T.take(x.reshape([-1, 8]), i)
          .sub(1)
          .abs()
          .max(1),
      normal([3, 2, 8]),
      indices([5, 3], 0, 5, 5, 2, 1, 1, 4, 0, 3, 3, 3, 2, 5, 4, 9),
    ),
    sample(
      'rows of one table or another, by a computed number',
      (x, y, i) => T.where(T.greater(i, 2).reshape([2, 3, 1]), T.take(x, i.sub(3)), T.take(y.tanh(), i)).sum(1),
      normal([4, 4], 'x'),
      normal([4, 4], 'y'),
      indices([2, 3], 0, 6, 3, 2, 2, 5),
    ),
    sample(
      'a convolution over rows looked up',
      (x, i, w) => T.take(x, i).conv1d(w, { padding: 'same' }).relu().max(1),
      normal([9, 4]),
      integers([2, 7], 0, 8, 'u32'),
      normal([3, 4, 3], 'w'),
    ),
    sample(
      'rows looked up by rows looked up',
      (x, i) => T.take(x, T.take(i, i)).mean(0),
      normal([5, 3]),
      indices([5], 4, 0, 3, 1, 2),
    ),
  ],
  program: seeds.map((seed) => sample(`${seed}`, (x, y) => program(x, y, seed), normal([3, 4, 5]), normal([1, 4, 1]))),
};

function layerNorm(x: T.Tensor, scale: T.Tensor, shift: T.Tensor): T.Tensor {
  const centred = x.sub(x.mean(-1, { keepDims: true }));
  return centred
    .mul(centred.square().mean(-1, { keepDims: true }).add(1e-5).rsqrt())
    .mul(scale)
    .add(shift);
}

function attention(q: T.Tensor, k: T.Tensor, v: T.Tensor): T.Tensor {
  return q.matmul(k.transpose()).div(Math.sqrt(3)).softmax().matmul(v);
}

function crossEntropy(logits: T.Tensor, label: T.Tensor): T.Tensor {
  return logits.logSoftmax().gather(1, label).mean().neg();
}

function pooledConv(x: T.Tensor, w: T.Tensor, b: T.Tensor): T.Tensor {
  return x.conv1d(w, { padding: 'same' }).add(b).relu().maxPool1d({ width: 2 }).mean(1);
}

function maskedMean(x: T.Tensor, mask: T.Tensor): T.Tensor {
  return T.where(mask, x, 0).sum(1).div(mask.cast(x.dtype).sum(1).maximum(0.5));
}

// ---- random programs ----------------------------------------------------------------------------------------------

type Step = (x: T.Tensor, y: T.Tensor, rng: T.Rng) => T.Tensor;

/** Eight random steps from x, the same for the same seed. */
function program(x: T.Tensor, y: T.Tensor, seed: number): T.Tensor {
  const rng = new T.Rng(seed);
  let value = x;
  for (let i = 0; i < 8; i++) {
    const next = rng.choice(steps)(value, y, rng);
    if (size(next.shape) <= 600 && next.size > 0) value = next;
  }
  return value;
}

const anyAxis = (x: T.Tensor, rng: T.Rng): number => rng.integer(Math.max(x.shape.length, 1));

const steps: readonly Step[] = [
  (x, _, rng) => x.permute(rng.shuffle(range(x.shape.length))),
  (x, _, rng) => x.reshape(someShape(x.size, rng)),
  (x, _, rng) =>
    x.slice(
      x.shape.map((n) => rng.integer(n)),
      [],
      x.shape.map(() => 1 + rng.integer(2)),
    ),
  (x, _, rng) => x.pad(x.shape.map(() => [rng.integer(3), rng.integer(2)] as const)),
  (x, _, rng) =>
    x.pad(
      x.shape.map(() => [0, 1] as const),
      { dilation: x.shape.map(() => 1 + rng.integer(2)), value: 0.5 },
    ),
  (x, _, rng) => (x.shape.length > 0 ? x.flip(anyAxis(x, rng)) : x),
  (x, _, rng) => (x.shape.length > 0 ? T.concat([x, x.square(), x.flip(0)], anyAxis(x, rng)) : x),
  (x, _, rng) => (x.shape.length > 1 ? x.sum(anyAxis(x, rng)) : x),
  (x, _, rng) => (x.shape.length > 0 ? x.sub(x.mean(anyAxis(x, rng), { keepDims: true })) : x),
  (x, _, rng) => (x.shape.length > 0 ? x.softmax(anyAxis(x, rng)) : x),
  (x) => x.tanh().add(x),
  (x, y) => x.mul(y.slice([0, 0], [1, 1]).reshape([])),
  (x, y) => x.reshape([-1, 1, 1]).add(y).slice([], [7, 3]),
  (x) => x.broadcastTo([2, ...x.shape]),
  (x, _, rng) => (x.shape.length > 1 ? x.matmul(x.transpose().mul(rng.next() / x.size)) : x),
];

/** A shape of n elements, split at random. */
function someShape(n: number, rng: T.Rng): number[] {
  const divisors = range(n)
    .map((i) => i + 1)
    .filter((d) => n % d === 0);
  const first = rng.choice(divisors);
  return first === n ? [n] : [first, ...someShape(n / first, rng)];
}

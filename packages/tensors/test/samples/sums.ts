import * as T from '../../src/index';
import type { OpName } from '../../src/ops';
import { call, distinct, empty, flat, indices, integers, normal, sample, type Samples, vector } from './values';

/** Reductions, except over an empty axis, which a sum has and a maximum has not. */
const reduction = (f: (x: T.TensorLike, axes?: T.Axes, options?: T.ReduceOptions) => T.Tensor): Samples => [
  sample('all of [7, 13]', (x) => f(x), distinct([7, 13])),
  sample('axis 0 of [5, 3]', (x) => f(x, 0), distinct([5, 3])),
  sample('axes 0 and -1 of [3, 5, 7]', (x) => f(x, [0, -1]), distinct([3, 5, 7])),
  sample('middle axis of [3, 5, 7]', (x) => f(x, 1), distinct([3, 5, 7])),
  sample('kept axis of [2, 1, 9]', (x) => f(x, 2, { keepDims: true }), distinct([2, 1, 9])),
  sample('no element of [0, 4]', (x) => f(x, 1), empty([0, 4])),
  sample('an axis of 1000', (x) => f(x, 1), distinct([2, 1000])),
  sample('a matrix of 300 × 70 along its columns', (x) => f(x, 0), distinct([300, 70])),
  flat(sample('whole numbers', (x) => f(x, 0), integers([9, 4], -5, 5))),
  flat(sample('whole numbers above 0, all', (x) => f(x), integers([11], 3, 9))),
  flat(sample('whole numbers below 0, all', (x) => f(x), integers([300], -9, -3))),
  flat(sample('u32, all', (x) => f(x), integers([7], 3, 9, 'u32'))),
];

/** The convolution and its two adjoints share their geometries: what a call needs, and the shapes of x, w and y. */
const convolutions = {
  plain: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 7, width: 3 },
    x: [2, 7, 3],
    w: [5, 3, 3],
    y: [2, 5, 5],
  },
  strided: {
    attrs: { stride: 3, dilation: 1, groups: 1, length: 11, width: 2 },
    x: [1, 11, 2],
    w: [3, 2, 2],
    y: [1, 4, 3],
  },
  dilated: {
    attrs: { stride: 2, dilation: 3, groups: 1, length: 12, width: 3 },
    x: [2, 12, 1],
    w: [2, 1, 3],
    y: [2, 3, 2],
  },
  grouped: {
    attrs: { stride: 1, dilation: 2, groups: 2, length: 6, width: 2 },
    x: [2, 6, 4],
    w: [6, 2, 2],
    y: [2, 4, 6],
  },
  pointwise: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 4, width: 1 },
    x: [1, 4, 3],
    w: [2, 3, 1],
    y: [1, 4, 2],
  },
  empty: {
    attrs: { stride: 1, dilation: 1, groups: 1, length: 5, width: 3 },
    x: [0, 5, 2],
    w: [3, 2, 3],
    y: [0, 3, 3],
  },
} as const;

/** One of the three forms at every geometry; a and b are which of x, w and y it takes. */
function convolution(name: OpName, a: 'x' | 'y', b: 'w' | 'y'): Samples {
  const list = Object.entries(convolutions).map(([label, { attrs, ...shapes }]) =>
    sample(label, call(name, attrs), normal(shapes[a], a), normal(shapes[b], b)),
  );
  const [first, second, third, ...more] = list;
  return [first!, second!, third!, ...more];
}

const heads = (queries: number, keys: number, width: number, out: number, batch = 2, count = 2) => [
  normal([batch, count, queries, width], 'q'),
  normal([batch, count, keys, width], 'k'),
  normal([batch, count, keys, out], 'v'),
];

/** What adds up: reductions, running sums, products and convolutions. */
export const sums = {
  sum: [...reduction(T.sum), sample('over an empty axis is 0', (x) => T.sum(x, 0), empty([0, 4]))],
  max: [
    ...reduction(T.max),
    flat(
      sample('ties and infinities', (x) => T.max(x, 1), {
        ...vector(1, 1, -Infinity, -Infinity, 2, Infinity),
        shape: [3, 2],
      }),
    ),
  ],
  min: [
    ...reduction(T.min),
    flat(
      sample('ties and infinities', (x) => T.min(x, 1), {
        ...vector(1, 1, Infinity, Infinity, 2, -Infinity),
        shape: [3, 2],
      }),
    ),
  ],
  linearScan: [
    sample('rows of [2, 5, 3]', (a, b) => T.linearScan(a, b), normal([2, 5, 3], 'a'), normal([2, 5, 3], 'b')),
    sample('from the end', (a, b) => T.linearScan(a, b, { reverse: true }), normal([2, 5], 'a'), normal([2, 5], 'b')),
    sample('one factor for each feature', (a, b) => T.linearScan(a, b), normal([3], 'a'), normal([2, 4, 3], 'b')),
    sample(
      'from a state',
      (a, b, init) => T.linearScan(a, b, { init }),
      normal([2, 4, 3], 'a'),
      normal([2, 4, 3], 'b'),
      normal([2, 3], 'init'),
    ),
    sample(
      'over blocks, from a state, from the end',
      (a, b, init) => T.linearScan(T.sigmoid(a), b, { init, reverse: true }),
      normal([1, 600, 2], 'a'),
      normal([1, 600, 2], 'b'),
      normal([1, 2], 'init'),
    ),
    sample('over blocks', (a, b) => T.linearScan(T.sigmoid(a), b), normal([2, 513], 'a'), normal([2, 513], 'b')),
    sample('no step', (a, b) => T.linearScan(a, b), empty([2, 0, 3]), empty([2, 0, 3])),
    sample('no row', (a, b) => T.linearScan(a, b), empty([0, 2, 3]), empty([0, 2, 3])),
  ],
  cumsum: [
    sample('rows of [3, 7]', (x) => T.cumsum(x), normal([3, 7])),
    sample('columns of [5, 3]', (x) => T.cumsum(x, 0), normal([5, 3])),
    sample('nothing', (x) => T.cumsum(x), empty([0, 4])),
    sample('empty rows', (x) => T.cumsum(x), empty([4, 0])),
    sample('over blocks', (x) => T.cumsum(x, 0), normal([600, 2])),
    sample('a whole block', (x) => T.cumsum(x), normal([256])),
    sample('over blocks, read backwards', (x) => T.flip(T.cumsum(x), 0), normal([600])),
  ],
  contract: [
    sample(
      '[3, 5] with [5, 7]',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      normal([3, 5]),
      normal([5, 7]),
    ),
    sample(
      'both transposed',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[0], [1]] }),
      normal([5, 3]),
      normal([7, 5]),
    ),
    sample(
      'batched in the middle',
      (a, b) => T.contractGeneral(a, b, { batch: [[1], [0]], contract: [[2], [2]] }),
      normal([3, 2, 5]),
      normal([2, 4, 5]),
    ),
    sample(
      'over two axes',
      (a, b) =>
        T.contractGeneral(a, b, {
          batch: [[0], [2]],
          contract: [
            [3, 1],
            [0, 1],
          ],
        }),
      normal([2, 3, 4, 5]),
      normal([5, 3, 2]),
    ),
    sample(
      'outer product',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[], []] }),
      normal([3]),
      normal([2, 5]),
    ),
    sample(
      'over nothing',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      empty([3, 0]),
      empty([0, 5]),
    ),
    sample(
      'of nothing',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [0]] }),
      empty([0, 3]),
      normal([3, 5]),
    ),
    sample(
      'past a tile',
      (a, b) => T.contractGeneral(a, b, { batch: [[], []], contract: [[1], [1]] }),
      normal([67, 33]),
      normal([70, 33]),
    ),
  ],
  attention: [
    sample('5 queries, 7 keys', (q, k, v) => T.attention(q, k, v), ...heads(5, 7, 3, 5)),
    sample(
      'lengths, one of them 0',
      (q, k, v, lengths) => T.attention(q, k, v, { lengths }),
      ...heads(5, 7, 4, 3, 3, 1),
      indices([3], 7, 0, 4),
    ),
    sample(
      'causal, over tiles and blocks, with lengths and a scale',
      (q, k, v, lengths) => T.attention(q, k, v, { lengths, causal: true, scale: 0.3 }),
      ...heads(67, 70, 4, 4),
      indices([2], 70, 33),
    ),
    sample('causal, more queries than keys', (q, k, v) => T.attention(q, k, v, { causal: true }), ...heads(9, 4, 2, 1)),
    sample('heads too wide for large blocks', (q, k, v) => T.attention(q, k, v), ...heads(2, 20, 200, 160, 1, 1)),
    sample('no key', (q, k, v) => T.attention(q, k, v), ...heads(3, 0, 2, 3)),
    sample('no query', (q, k, v) => T.attention(q, k, v), ...heads(0, 3, 2, 3)),
    flat(
      sample(
        'scores far from 0',
        (q, k, v) => T.attention(q, k, v),
        ...[vector(100, 200, -300, 400), vector(1, 1.5, 1, -1), vector(1, 2, 3, 4)].map((x) => ({
          ...x,
          shape: [1, 1, 4, 1],
        })),
      ),
    ),
  ],
  conv1d: convolution('conv1d', 'x', 'w'),
  conv1dInputGradient: convolution('conv1dInputGradient', 'y', 'w'),
  conv1dWeightGradient: convolution('conv1dWeightGradient', 'x', 'y'),
} satisfies Partial<Record<OpName, Samples>>;

import * as T from '../../src/index';
import type { OpName } from '../../src/ops';
import {
  call,
  distinct,
  empty,
  flat,
  indices,
  integers,
  normal,
  of,
  sample,
  type Samples,
  type Values,
  vector,
} from './values';

/** Elements by number, their order, and what comes from nothing: counts and draws. */
export const places = {
  take: [
    sample('rows, some twice', (x, i) => T.take(x, i), normal([5, 3]), indices([2, 3], 0, 4, 4, 2, 0, 1)),
    sample('elements', (x, i) => T.take(x, i), normal([7]), indices([4], 6, 0, 3, 3)),
    sample('no index', (x, i) => T.take(x, i), normal([5, 3]), indices([0])),
    sample('rows of nothing', (x, i) => T.take(x, i), empty([5, 0]), indices([2], 1, 4)),
    sample('out of range is held within', (x, i) => T.take(x, i), normal([3, 2]), indices([4], -7, -1, 3, 99)),
    sample('u32', (x, i) => T.take(x, i), normal([5, 3]), integers([7], 0, 4, 'u32')),
    flat(sample('whole numbers', (x, i) => T.take(x, i), integers([5], -9, 9), indices([3], 4, 0, 4))),
  ],
  scatterAdd: [
    sample(
      'rows, some twice, some never',
      (x, i) => T.scatterAdd(x, i, 5),
      normal([2, 3, 2]),
      indices([2, 3], 0, 4, 4, 2, 0, 4),
    ),
    sample('elements', (x, i) => T.scatterAdd(x, i, 3), normal([7]), integers([7], 0, 2)),
    sample('nothing', (x, i) => T.scatterAdd(x, i, 3), empty([0, 2]), indices([0])),
    sample('out of range is held within', (x, i) => T.scatterAdd(x, i, 3), normal([4, 2]), indices([4], -7, -1, 3, 99)),
    sample('300 rows to 7', (x, i) => T.scatterAdd(x, i, 7), normal([300, 2]), integers([300], 0, 6)),
  ],
  segmentSum: [
    sample(
      'rows, some twice, some never',
      call('segmentSum', { rows: 4, index: [3] }),
      normal([3, 2]),
      indices([3], 2, 0, 2),
      indices([3], 1, 0, 2),
    ),
    sample(
      'elements',
      call('segmentSum', { rows: 2, index: [5] }),
      normal([5]),
      indices([5], 1, 1, 0, 1, 0),
      indices([5], 2, 4, 0, 1, 3),
    ),
    sample('nothing', call('segmentSum', { rows: 2, index: [0] }), empty([0, 3]), indices([0]), indices([0])),
  ].map(flat) as unknown as Samples,
  argsort: [
    sample('rows of [3, 7]', (x) => T.argsort(x), distinct([3, 7])),
    sample('columns of [5, 2]', (x) => T.argsort(x, 0), distinct([5, 2])),
    sample('nothing', (x) => T.argsort(x), empty([0, 4])),
    sample('empty rows', (x) => T.argsort(x), empty([4, 0])),
    sample('single elements', (x) => T.argsort(x), normal([3, 1])),
    sample('ties keep their order', (x) => T.argsort(x), vector(2, 1, 2, 1, 0, 1, -0)),
    sample('infinities, NaN last', (x) => T.argsort(x), vector(3, NaN, -Infinity, Infinity, NaN, 3e38, -1)),
    sample('300 elements', (x) => T.argsort(x), normal([2, 300])),
  ],
  arange: [
    sample('7', (x) => T.add(T.arange(7, x.dtype), x), normal([7])),
    sample('0', (x) => T.add(T.arange(0, x.dtype), x), normal([0])),
    sample('i32', (x) => T.add(T.arange(5, 'i32'), x), integers([3, 1], -4, 4)),
    sample('u32', (x) => T.add(T.arange(5, 'u32'), x), integers([3, 1], 0, 4, 'u32')),
  ],
  randomBits: [
    sample('[7, 13]', (x) => bitsBeside(x, [7, 13]), integers([], 0, 0, 'u32')),
    sample('nothing', (x) => bitsBeside(x, [0, 4]), integers([], 0, 0, 'u32')),
    sample('one', (x) => bitsBeside(x, []), integers([], 0, 0, 'u32')),
  ],
  uniformFromBits: of(
    call('uniformFromBits', undefined),
    bitsOf(0, 255, 256, 2 ** 31, 2 ** 32 - 1),
    integers([0], 0, 1, 'u32'),
    integers([7, 3], 0, 2 ** 32 - 1, 'u32'),
  ),
  normalFromBits: of(
    call('normalFromBits', undefined),
    bitsOf(0, 255, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 24, 2 ** 23),
    integers([0], 0, 1, 'u32'),
    integers([7, 3], 0, 2 ** 32 - 1, 'u32'),
  ),
} satisfies Partial<Record<OpName, Samples>>;

/** A draw on the device of x. */
function bitsBeside(x: T.Tensor, shape: T.Shape): T.Tensor {
  return T.add(T.randomBits(new T.Rng(7), shape), x);
}

function bitsOf(...data: number[]): Values {
  return { shape: [data.length], dtype: 'u32', data };
}

import * as T from '../../src/index';
import {
  bools,
  truths,
  distinct,
  empty,
  flat,
  indices,
  integers,
  normal,
  sample,
  type Sample,
  scalar,
  vector,
} from './values';

const conv = (name: string, options: T.Conv1dOptions, x: T.Shape, w: T.Shape): Sample =>
  sample(name, (input, weight) => T.conv1d(input, weight, options), normal(x, 'x'), normal(w, 'w'));

const transposed = (name: string, options: T.Conv1dOptions, x: T.Shape, w: T.Shape): Sample =>
  sample(name, (input, weight) => T.convTranspose1d(input, weight, options), normal(x, 'x'), normal(w, 'w'));

/** Functions that are made of ops: what has no record of its own is tested by the same contracts. */
export const composites = {
  transpose: [
    sample('[3, 5]', T.transpose, normal([3, 5])),
    sample('[2, 3, 1]', T.transpose, normal([2, 3, 1])),
    sample('[0, 4]', T.transpose, empty([0, 4])),
  ],
  clamp: [
    sample('between numbers', (x) => T.clamp(x, -0.51, 0.52), distinct([31])),
    sample('between tensors', (x, low, high) => T.clamp(x, low, high), normal([7, 3]), scalar(-0.3), scalar(0.4)),
    sample('nothing', (x) => T.clamp(x, 0, 1), empty([0, 4])),
  ],
  mean: [
    { ...sample('all of [7, 13]', (x) => T.mean(x), normal([7, 13])), tolerance: 1e-4 }, // numbers that all but cancel
    sample('axis 1 of [2, 5, 3]', (x) => T.mean(x, 1), normal([2, 5, 3])),
    sample('kept', (x) => T.mean(x, [0, -1], { keepDims: true }), normal([3, 1, 5])),
    sample('no row', (x) => T.mean(x, 1), empty([0, 4])),
  ],
  logSumExp: [
    sample('all of [7, 13]', (x) => T.logSumExp(x), normal([7, 13])),
    sample('rows', (x) => T.logSumExp(x, 1), normal([5, 3])),
    sample('kept', (x) => T.logSumExp(x, 0, { keepDims: true }), normal([3, 1, 5])),
    sample('no row', (x) => T.logSumExp(x, 1), empty([0, 4])),
    sample('far from 0', (x) => T.logSumExp(x), vector(1000, 1001, 999.5)),
    flat(sample('of −∞', (x) => T.logSumExp(x), vector(-Infinity, -Infinity))),
    sample(
      'rows beside one of −∞',
      (x, y) => finite(T.logSumExp(T.where(y, -Infinity, x), 1)),
      normal([3, 2]),
      truths([3, 1], 0, 1, 0),
    ),
  ],
  softmax: [
    sample('rows', (x) => T.softmax(x), normal([7, 13])),
    sample('the middle axis', (x) => T.softmax(x, 1), normal([2, 5, 3])),
    sample('no row', (x) => T.softmax(x), empty([0, 4])),
    sample('far from 0', (x) => T.softmax(x), vector(1000, 1001, 999.5)),
  ],
  maskedSoftmax: [
    sample('rows', (x, mask) => T.maskedSoftmax(x, mask), normal([7, 13]), bools([7, 13])),
    sample('the middle axis', (x, mask) => T.maskedSoftmax(x, mask, 1), normal([2, 5, 3]), bools([5, 1])),
    sample('a row that sees nothing', (x, mask) => T.maskedSoftmax(x, mask), normal([2, 3]), truths([2, 1], 0, 1)),
    sample('no row', (x, mask) => T.maskedSoftmax(x, mask), empty([0, 4]), truths([1], 1)),
    sample('far from 0', (x, mask) => T.maskedSoftmax(x, mask), vector(-1000, 1000, 9e9), truths([3], 1, 1, 0)),
  ],
  logSoftmax: [
    sample('rows', (x) => T.logSoftmax(x), normal([7, 13])),
    sample('axis 0', (x) => T.logSoftmax(x, 0), normal([5, 3])),
    sample('no row', (x) => T.logSoftmax(x), empty([0, 4])),
    sample('far from 0', (x) => T.logSoftmax(x), vector(-1000, 1000, 0)),
    sample('all far from 0', (x) => T.logSoftmax(x), vector(10_000, 10_001, 10_002)),
  ],
  argmax: [
    sample('rows', (x) => T.argmax(x), distinct([5, 7])),
    sample('the first of equals', (x) => T.argmax(x), vector(1, 3, 3, 2)),
    sample('axis 0, kept', (x) => T.argmax(x, 0, { keepDims: true }), distinct([3, 2])),
    sample('no row', (x) => T.argmax(x), empty([0, 4])),
  ],
  sort: [
    sample('rows', (x) => T.sort(x), distinct([3, 7])),
    sample('axis 0', (x) => T.sort(x, 0), distinct([5, 3])),
    flat(sample('equal numbers', (x) => T.sort(x), vector(2, 1, 2, 1, 0))),
    sample('no row', (x) => T.sort(x), empty([0, 4])),
  ],
  topK: [
    sample('values', (x) => T.topK(x, 2).values, distinct([3, 7])),
    sample('values along axis 0', (x) => T.topK(x, 3, 0).values, distinct([5, 2])),
    sample('indices', (x) => T.topK(x, 3).indices, distinct([3, 7])),
    sample('the first of equals', (x) => T.topK(x, 2).indices, vector(1, 3, 3, 2)),
    sample('of nothing', (x) => T.topK(x, 2).values, empty([0, 4])),
    sample('k of 0', (x) => T.topK(x, 0).values, normal([3, 4])),
  ],
  matmul: [
    sample('[3, 5] · [5, 7]', T.matmul, normal([3, 5]), normal([5, 7])),
    sample('a row', T.matmul, normal([5]), normal([5, 7])),
    sample('a column', T.matmul, normal([3, 5]), normal([5])),
    sample('two vectors', T.matmul, normal([5], 'x'), normal([5], 'y')),
    sample('a batch with one matrix', T.matmul, normal([2, 3, 5]), normal([5, 4])),
    sample('batches that broadcast', T.matmul, normal([2, 1, 3, 5]), normal([4, 5, 2])),
    sample('a row with a batch', T.matmul, normal([5]), normal([2, 5, 3])),
    sample('a transposed operand', (a, b) => T.matmul(a, T.transpose(b)), normal([3, 5]), normal([7, 5])),
    sample('both transposed', (a, b) => T.matmul(T.transpose(a), T.transpose(b)), normal([5, 3]), normal([7, 5])),
    sample('of width 0', T.matmul, empty([3, 0]), empty([0, 5])),
    sample('no rows', T.matmul, empty([0, 3]), normal([3, 5])),
    sample('tiles with a rest', T.matmul, normal([65, 129]), normal([129, 66])),
    sample(
      'a product that is sliced',
      (a, b) => T.slice(T.matmul(a, b), [0, 1], [undefined, 3]),
      normal([7, 5]),
      normal([5, 4]),
    ),
  ],
  conv1d: [
    conv('valid', {}, [2, 7, 3], [5, 3, 3]),
    conv('same', { padding: 'same' }, [2, 7, 3], [4, 3, 4]),
    conv('causal', { padding: 'causal', dilation: 2 }, [1, 9, 2], [3, 2, 3]),
    conv('circular', { padding: 'circular' }, [2, 5, 2], [3, 2, 3]),
    conv('circular, several times around', { padding: 'circular', dilation: 3 }, [1, 3, 2], [2, 2, 4]),
    conv('strided', { stride: 2 }, [2, 9, 3], [2, 3, 3]),
    conv('strided, same', { stride: 3, padding: 'same' }, [1, 11, 2], [2, 2, 5]),
    conv('dilated', { dilation: 3 }, [1, 11, 2], [3, 2, 3]),
    conv('grouped', { groups: 2 }, [2, 7, 4], [6, 2, 3]),
    conv('depthwise', { groups: 3, padding: 'same' }, [1, 7, 3], [3, 1, 3]),
    conv('of the whole length', {}, [3, 5, 2], [4, 2, 5]),
    conv('no sequences', { padding: 'same' }, [0, 7, 3], [5, 3, 3]),
    conv('wide', { padding: 'same' }, [2, 40, 4], [17, 4, 19]),
  ],
  convTranspose1d: [
    transposed('plain', {}, [2, 5, 3], [3, 4, 3]),
    transposed('strided', { stride: 3 }, [2, 4, 2], [2, 3, 2]),
    transposed('dilated', { dilation: 2, stride: 2 }, [1, 5, 2], [2, 1, 3]),
    transposed('grouped', { groups: 2 }, [2, 4, 4], [4, 3, 2]),
    transposed('of one position', {}, [3, 1, 2], [2, 2, 4]),
    transposed('no sequences', {}, [0, 5, 3], [3, 4, 3]),
  ],
  padSequence: [
    sample('same', (x) => T.padSequence(x, 'same', 3), normal([2, 5, 3])),
    sample('causal', (x) => T.padSequence(x, 'causal', 4), normal([1, 3, 2])),
    sample('circular', (x) => T.padSequence(x, 'circular', 3), normal([2, 5, 1])),
    sample('no sequences', (x) => T.padSequence(x, 'circular', 3), empty([0, 5, 1])),
  ],
  maxPool1d: [
    sample('width 2', (x) => T.maxPool1d(x, { width: 2 }), distinct([2, 7, 3])),
    sample('overlapping', (x) => T.maxPool1d(x, { width: 3, stride: 1 }), distinct([1, 7, 2])),
    sample('with gaps', (x) => T.maxPool1d(x, { width: 2, stride: 3 }), distinct([2, 11, 1])),
    sample('no sequences', (x) => T.maxPool1d(x, { width: 2 }), empty([0, 7, 3])),
  ],
  avgPool1d: [
    sample('width 2', (x) => T.avgPool1d(x, { width: 2 }), normal([2, 7, 3])),
    sample('overlapping', (x) => T.avgPool1d(x, { width: 3, stride: 1 }), normal([1, 7, 2])),
    sample('no sequences', (x) => T.avgPool1d(x, { width: 2 }), empty([0, 7, 3])),
  ],
  stack: [
    sample('on top', (x, y) => T.stack([x, y]), normal([3, 5], 'x'), normal([3, 5], 'y')),
    sample('inside', (x, y) => T.stack([x, y], -1), normal([3, 5], 'x'), normal([3, 5], 'y')),
    sample('numbers', (x, y) => T.stack([x, y]), scalar(1), scalar(2)),
    sample('nothing', (x, y) => T.stack([x, y], 1), empty([0, 4]), empty([0, 4])),
  ],
  split: [
    sample('halves', (x) => T.mul(...twoOf(T.split(x, 2))), normal([4, 3])),
    sample('unequal', (x) => T.split(x, [1, 3, 1], 1)[1]!, normal([3, 5])),
    sample('with nothing in it', (x) => T.split(x, [0, 5], 1)[0]!, normal([3, 5])),
  ],
  embedding: [
    sample('tokens [2, 3]', T.embedding, normal([7, 5]), indices([2, 3], 0, 6, 6, 2, 0, 6)),
    sample('one token', T.embedding, normal([7, 5]), indices([], 3)),
    sample('no token', T.embedding, normal([7, 5]), indices([0, 3])),
  ],
  takeAlong: [
    sample('rows', (x, i) => T.takeAlong(x, i), normal([3, 5]), indices([3, 2], 0, 4, 4, 4, 2, 1)),
    sample('axis 0', (x, i) => T.takeAlong(x, i, 0), normal([3, 2]), indices([4, 2], 0, 2, 2, 2, 1, 1, 0, 0)),
    sample('nothing', (x, i) => T.takeAlong(x, i), normal([3, 5]), indices([3, 0])),
  ],
  gather: [
    sample('axis 1', (x, i) => T.gather(x, 1, i), normal([2, 5, 3]), integers([2, 4, 3], 0, 4)),
    sample('axis -1', (x, i) => T.gather(x, -1, i), normal([3, 5]), integers([3, 1], 0, 4, 'u32')),
    sample('nothing', (x, i) => T.gather(x, 0, i), normal([3, 5]), indices([0, 5])),
  ],
  constants: [
    sample('ones like', (x) => T.add(T.onesLike(x), x), normal([3, 5])),
    sample('zeros', (x) => T.where(T.greater(x, 0), x, T.zeros([3, 5], { dtype: x.dtype })), distinct([3, 5])),
    flat(sample('full', (x) => T.where(x, T.full([5], 2.5), -1), bools([3, 5]))),
  ],
  draws: [
    sample('uniform in [−2, 3)', (x) => besides(x, T.uniform(new T.Rng(3), [7, 13], -2, 3)), normal([13])),
    sample('normal about 2', (x) => besides(x, T.normal(new T.Rng(3), [7, 13], 2, 0.5)), normal([13])),
    sample('bernoulli 0.3', (x) => T.where(T.bernoulli(new T.Rng(3), [7, 13], 0.3), x, 0), normal([13])),
  ],
} satisfies Record<string, readonly [Sample, Sample, Sample, ...Sample[]]>;

/** y, and 0 where it is infinite. */
const finite = (y: T.Tensor): T.Tensor => T.where(T.isFinite(y), y, 0);

/** A draw on the device of x and in its dtype. */
const besides = (x: T.Tensor, draw: T.Tensor): T.Tensor => T.mul(x, T.cast(draw, x.dtype));

const twoOf = ([a, b]: T.Tensor[]): [T.Tensor, T.Tensor] => [a!, b!];

import * as T from '../../src/index';
import type { OpName } from '../../src/ops';
import { skew, windows } from '../../src/ops/windows';
import { bools, empty, flat, integers, normal, sample, type Samples, scalar } from './values';

const span = { width: 3, stride: 1, dilation: 1 };
const leaps = { width: 3, stride: 2, dilation: 2 };

/** Views: the same elements elsewhere. */
export const movement = {
  reshape: [
    sample('[3, 5] to [5, 3]', (x) => T.reshape(x, [5, 3]), normal([3, 5])),
    sample('[2, 3, 4] to [-1, 6] after a transpose', (x) => T.reshape(T.transpose(x), [-1, 6]), normal([2, 3, 4])),
    sample('[0, 4] to [2, 0]', (x) => T.reshape(x, [2, 0]), empty([0, 4])),
    sample('one element to [] ', (x) => T.reshape(x, []), normal([1, 1])),
    sample('[7, 6] to [2, 7, 3]', (x) => T.reshape(x, [2, 7, 3]), normal([7, 6])),
    flat(sample('bools', (x) => T.reshape(x, [3, 2]), bools([6]))),
  ],
  broadcastTo: [
    sample('a number', (x) => T.broadcastTo(x, [3, 5]), scalar(1.5)),
    sample('[3, 1] to [2, 3, 7]', (x) => T.broadcastTo(x, [2, 3, 7]), normal([3, 1])),
    sample('[1, 4] to [0, 4]', (x) => T.broadcastTo(x, [0, 4]), normal([1, 4])),
    flat(sample('whole numbers', (x) => T.broadcastTo(x, [3, 5]), integers([5], -4, 4))),
  ],
  permute: [
    sample('[3, 5, 7] by 2, 0, 1', (x) => T.permute(x, [2, 0, 1]), normal([3, 5, 7])),
    sample('[2, 3] by -1, 0', (x) => T.permute(x, [-1, 0]), normal([2, 3])),
    sample('[0, 4]', (x) => T.permute(x, [1, 0]), empty([0, 4])),
    sample('[2, 1, 3, 5] by 3, 1, 0, 2', (x) => T.permute(x, [3, 1, 0, 2]), normal([2, 1, 3, 5])),
    flat(sample('bools', (x) => T.permute(x, [1, 0]), bools([3, 5]))),
  ],
  slice: [
    sample('rows 1 to 3 of [7, 5]', (x) => T.slice(x, [1], [3]), normal([7, 5])),
    sample('from the end', (x) => T.slice(x, [-3, undefined], [undefined, -1]), normal([7, 5])),
    sample('every second', (x) => T.slice(x, [0, 1], [undefined, undefined], [2, 3]), normal([7, 11])),
    sample('backwards', (x) => T.slice(x, [undefined, 4], [undefined, 0], [-1, -2]), normal([3, 5])),
    sample('nothing', (x) => T.slice(x, [3], [3]), normal([7, 2])),
    sample('of nothing', (x) => T.slice(x, [0, 1], [undefined, 3]), empty([0, 4])),
    flat(sample('whole numbers', (x) => T.slice(x, [2], [undefined], [2]), integers([9], -4, 4))),
  ],
  pad: [
    sample(
      'zeros around [3, 5]',
      (x) =>
        T.pad(x, [
          [1, 2],
          [0, 3],
        ]),
      normal([3, 5]),
    ),
    sample('a value', (x) => T.pad(x, [[2, 1]], { value: -7 }), normal([5])),
    sample(
      'cropped',
      (x) =>
        T.pad(x, [
          [-1, 2],
          [1, -2],
        ]),
      normal([4, 5]),
    ),
    sample(
      'spread',
      (x) =>
        T.pad(
          x,
          [
            [1, 0],
            [0, 2],
          ],
          { dilation: [2, 3] },
        ),
      normal([3, 4]),
    ),
    sample(
      'around nothing',
      (x) =>
        T.pad(x, [
          [2, 1],
          [0, 0],
        ]),
      empty([0, 4]),
    ),
    flat(sample('whole numbers', (x) => T.pad(x, [[1, 1]], { value: 3 }), integers([5], -4, 4))),
  ],
  flip: [
    sample('rows of [3, 5]', (x) => T.flip(x, 0), normal([3, 5])),
    sample('both axes of [7, 2]', (x) => T.flip(x, [0, -1]), normal([7, 2])),
    sample('nothing', (x) => T.flip(x, 1), empty([0, 4])),
    sample('the middle of [2, 3, 5]', (x) => T.flip(x, 1), normal([2, 3, 5])),
  ],
  concat: [
    sample('rows', (x, y, z) => T.concat([x, y, z]), normal([2, 5]), normal([1, 5]), normal([4, 5])),
    sample('columns', (x, y) => T.concat([x, y], -1), normal([3, 2, 1]), normal([3, 2, 6])),
    sample('nothing between', (x, y, z) => T.concat([x, y, z], 1), normal([3, 2]), empty([3, 0]), normal([3, 1])),
    sample('a tensor with itself', (x) => T.concat([x, x, x], 0), normal([3])),
    sample(
      'ten',
      (...list) => T.concat(list, 0),
      ...Array.from({ length: 10 }, (_, i) => normal([1 + (i % 3), 3], `${i}`)),
    ), // more than a shader's bindings
    flat(sample('whole numbers', (x, y) => T.concat([x, y]), integers([3], 0, 5), integers([4], 0, 5))),
  ],
  windows: [
    sample('overlapping', (x) => windows(x, span), normal([2, 7, 3])),
    sample('strided and dilated', (x) => windows(x, leaps), normal([1, 11, 2])),
    sample('no rows', (x) => windows(x, span), empty([0, 5, 2])),
    sample('apart', (x) => windows(x, { width: 2, stride: 3, dilation: 1 }), normal([2, 8, 1])),
  ],
  skew: [
    sample('overlapping', (y) => skew(y, { ...span, length: 7 }), normal([2, 5, 3, 2])),
    sample('strided and dilated', (y) => skew(y, { ...leaps, length: 11 }), normal([1, 4, 3, 2])),
    sample('no rows', (y) => skew(y, { ...span, length: 5 }), empty([0, 3, 3, 2])),
    sample('apart, with a rest', (y) => skew(y, { width: 2, stride: 3, dilation: 1, length: 9 }), normal([2, 3, 2, 1])),
  ],
} satisfies Partial<Record<OpName, Samples>>;

import * as T from '../src/index';
import { contractGeneral } from '../src/ops/contract';
import { distance } from '../src/testing/index';
import type { Case } from './contracts';

const of = (shape: T.Shape): { shape: T.Shape; values: Float64Array } => {
  const rng = new T.Rng(shape.reduce((a, b) => 31 * a + b, 7));
  return { shape, values: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, () => 2 * rng.next() - 1) };
};

type Product = (a: T.Tensor, b: T.Tensor) => T.Tensor;

/** Products large enough for tiles that several invocations share, in every layout, with edges that no tile divides. */
const cases: readonly [string, T.Shape, T.Shape, Product][] = [
  ['rows by columns', [132, 512], [512, 132], (a, b) => a.matmul(b)],
  ['tiles that reach past both ends', [37, 640], [640, 164], (a, b) => a.matmul(b)],
  ['the left one turned', [2504, 20], [2504, 44], (a, b) => a.transpose().matmul(b)],
  ['the right one turned', [92, 256], [100, 256], (a, b) => a.matmul(b.transpose())],
  ['both turned', [512, 68], [68, 512], (a, b) => a.transpose().matmul(b.transpose())],
  ['four columns, many rows', [2000, 512], [2000, 4], (a, b) => a.transpose().matmul(b)],
  ['four rows, many columns', [2000, 4], [2000, 512], (a, b) => a.transpose().matmul(b)],
  ['eight rows', [2000, 8], [2000, 256], (a, b) => a.transpose().matmul(b)],
  ['a batch', [3, 64, 128], [3, 128, 96], (a, b) => a.matmul(b)],
  ['a sum over two axes that are not one', [8, 201, 32], [8, 200, 64], overBatchAndTime],
  ['a sum that four does not divide', [130, 1001], [1001, 36], (a, b) => a.matmul(b)],
  ['a convolution of letters', [16, 300, 4], [32, 4, 19], (x, w) => T.conv1d(x, w)],
  ['one that four does not divide', [16, 301, 3], [31, 3, 22], (x, w) => T.conv1d(x, w).relu()],
  ['one in groups, with strides and gaps', [8, 400, 16], [32, 8, 9], (x, w) => T.conv1d(x, w, { groups: 2, stride: 2, dilation: 3 })], // prettier-ignore
  [
    'the gradient of its input',
    [16, 300, 8],
    [32, 8, 19],
    (x, w) => T.grad((own: T.Tensor) => T.conv1d(own, w).square().mean())(x),
  ],
  ['what follows it', [64, 512], [512, 96], (a, b) => a.matmul(b).add(b.sum(0)).relu()],
];

/** All steps but the last of [batch, steps + 1, m] with [batch, steps, n], summed over batch and steps: a matrix's gradient in a loop. */
function overBatchAndTime(a: T.Tensor, b: T.Tensor): T.Tensor {
  const before = a.slice([0, 0], [undefined, -1]);
  return contractGeneral(before, b, {
    batch: [[], []],
    contract: [
      [0, 1],
      [0, 1],
    ],
  });
}

/** Each product on a device in f32 beside the CPU in f64. */
export const products = (device: T.Device, cpu: T.Device): Case[] =>
  cases.map(([name, left, right, product]) => ({
    name: `large products: ${name}`,
    run: async () => {
      const on = (where: T.Device, dtype: 'f32' | 'f64') => {
        const [a, b] = [left, right].map((shape) => T.tensor(of(shape).values, { shape, dtype, device: where }));
        return product(a!, b!).data();
      };
      const far = distance(await on(device, 'f32'), await on(cpu, 'f64'));
      if (!(far <= 1e-5)) throw new Error(`${name}: a distance of ${far}`);
    },
  }));

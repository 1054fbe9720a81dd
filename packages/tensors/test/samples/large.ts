import * as T from '../../src/index';

/** More than 65 535 workgroups of 64, the most that one axis of a grid holds. */
const n = 65_536 * 64 + 77;

/** A function with more elements than one dispatch reaches, and each element of its result in closed form. */
export interface Large {
  readonly name: string;
  readonly f: (device: T.Device) => T.Tensor;
  readonly expected: (i: number) => number;
}

const small = (i: number): number => i % 1009;

const ramp = (device: T.Device, shape: T.Shape = [n]): T.Tensor => {
  const values = new Float32Array(shape.reduce((a, b) => a * b));
  for (let i = 0; i < values.length; i++) values[i] = small(i);
  return T.tensor(values, { shape, device });
};

export const large: readonly Large[] = [
  { name: 'elementwise', f: (device) => ramp(device).mul(2).add(1), expected: (i) => 2 * small(i) + 1 },
  { name: 'flip', f: (device) => ramp(device).flip(0), expected: (i) => small(n - 1 - i) },
  {
    name: 'transpose',
    f: (device) => ramp(device, [3, n]).transpose(),
    expected: (i) => small((i % 3) * n + Math.floor(i / 3)),
  },
  {
    name: 'sum over rows',
    f: (device) => ramp(device, [n, 2]).sum(1),
    expected: (i) => small(2 * i) + small(2 * i + 1),
  },
  {
    name: 'sum of all',
    f: (device) => ramp(device).greaterEqual(1008).cast('i32').sum(),
    expected: () => Math.floor(n / 1009),
  },
  {
    name: 'take',
    f: (device) => T.take(T.tensor([5, 7, 9], { device }), ramp(device).cast('i32')),
    expected: (i) => [5, 7, 9][Math.min(small(i), 2)]!,
  },
  {
    name: 'scatterAdd',
    f: (device) => T.scatterAdd(T.tensor([2, 3, 4], { device }), T.tensor([1, n - 1, 1], { dtype: 'i32' }), n),
    expected: (i) => (i === 1 ? 6 : i === n - 1 ? 3 : 0),
  },
  {
    name: 'matmul',
    f: (device) => ramp(device, [2100, 1]).matmul(T.ones([1, 2000])),
    expected: (i) => small(Math.floor(i / 2000)),
  },
];

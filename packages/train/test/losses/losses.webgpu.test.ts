import {
  cast,
  type Device,
  grad,
  isFinite,
  openDevice,
  setDefaultDevice,
  sum,
  type Tensor,
  tensor,
  where,
} from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as train from '../../src/index';
import { gpu, onWebGpu } from '../webgpu';

const classes = (...values: number[]) => tensor(Int32Array.from(values));
const labels = () => tensor([0, 1, 1, 0, NaN, 1]);
const isKnown = () => tensor([1, 1, 1, 1, 0, 1]);

/** Losses of six predictions, of which the fifth is NaN and does not count. They are made anew for each device. */
const losses: Record<string, (z: Tensor) => Tensor> = {
  binaryCrossEntropy: (z) => train.binaryCrossEntropy(z, labels(), { weights: isKnown(), posWeight: 3 }),
  focal: (z) => train.focal(z, labels(), { weights: isKnown(), gamma: 0.5 }),
  meanSquaredError: (z) => train.meanSquaredError(z, labels(), { weights: isKnown() }),
  huber: (z) => train.huber(z, labels(), { weights: isKnown() }),
  poissonNll: (z) => train.poissonNll(z, labels(), { weights: isKnown(), full: true }),
  gaussianNll: (z) => train.gaussianNll(tensor([1, 1, 1, 1, 1, 1]), labels(), z, { weights: isKnown() }),
  crossEntropy: (z) =>
    train.crossEntropy(z.reshape([3, 2]), classes(0, 1, -100), { labelSmoothing: 0.1, classWeights: tensor([1, 2]) }),
  logHalfLife: (z) => train.logHalfLife(where(isFinite(z), z, -200)),
  multiTask: (z) =>
    train.multiTask([
      { loss: train.binaryCrossEntropy, predictions: z, labels: labels() },
      { loss: train.meanSquaredError, predictions: z, labels: tensor([NaN, NaN, 3, NaN, NaN, NaN]), weight: 0.5 },
      { loss: train.huber, predictions: z, labels: tensor([NaN, NaN, NaN, NaN, NaN, NaN]) },
    ]),
};

describe.skipIf(!gpu)('losses on WebGPU', () => {
  let cpu: Device;
  beforeAll(async () => void (cpu = await openDevice('cpu')));
  afterAll(() => cpu.close());
  onWebGpu();

  const results = async (loss: (z: Tensor) => Tensor, device: Device | undefined) => {
    setDefaultDevice(device);
    const z = tensor([-20, -0.5, 0.3, 9, NaN, 1]);
    return [...(await loss(z).data()), ...(await grad((x: Tensor) => sum(loss(x)))(z).data())];
  };

  it('are NaN where a label is no class, and a step sees it', async () => {
    setDefaultDevice(gpu);
    const labels = tensor(Int32Array.from([1, 5]));
    const each = train.crossEntropy(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      labels,
      { reduce: 'none' },
    );
    expect(Array.from(await cast(isFinite(each), 'i32').data())).toEqual([1, 0]);
  });

  it.each(Object.entries(losses))('%s is that of the CPU, and finite', async (_, loss) => {
    const [expected, got] = [await results(loss, cpu), await results(loss, gpu)];
    expect(got.every(Number.isFinite)).toBe(true);
    assertClose(got, expected, 1e-5); // a few roundings of f32, the exponentials' among them
  });
});

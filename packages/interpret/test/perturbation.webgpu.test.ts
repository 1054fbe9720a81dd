import { cumsum, setDefaultDevice, tensor, type Tensor } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutagenesis } from '../src/index';
import { checkMutagenesis } from './perturbation/mutagenesis';
import { convolutional, letters, oneHot } from './perturbation/models';
import { checkPerturbations } from './perturbation/perturbations';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('on WebGPU', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
  it('makes one plan for all batches', async () => {
    let traced = 0;
    const model = (x: Tensor) => (traced++, x.sum([1, 2]));
    await mutagenesis(model, oneHot(['ACGTACGTAC', 'TTTTTTTTTT'], 'f32'), { batchSize: 16 });
    expect(traced).toBe(1);
  });

  it('computes where the sequences are', async () => {
    setDefaultDevice(undefined); // the CPU, by HAIRPIN_DEVICE
    const [here, there] = [undefined, gpu].map((device) => {
      const x = Float32Array.from({ length: 24 }, (_, i) => Number(i % 5 === 0));
      return tensor(x, { shape: [1, 6, 4], ...(device && { device }) });
    });
    const model = (x: Tensor) => cumsum(x, 1).square().sum([1, 2]);
    const options = { deletions: true, batchSize: 5 };
    const found = await mutagenesis(model, there, options);
    setDefaultDevice(gpu);
    const expected = await mutagenesis(model, here, options);
    expect(found).toEqual(expected); // whole numbers
  });

  it('needs no more memory for more sequences', async () => {
    const device = (await webgpuDevice())!; // nothing of other tests is on it
    const backend = (await device.backend()) as unknown as { readonly residentBytes: number };
    setDefaultDevice(device);
    const peakOf = async (sequences: number) => {
      const x = oneHot(
        Array.from({ length: sequences }, (_, i) => letters(i, 100)),
        'f32',
      );
      let peak = 0;
      const onProgress = () => (peak = Math.max(peak, backend.residentBytes));
      await mutagenesis(convolutional('f32'), x, { onProgress });
      return peak - 4 * x.size;
    };
    const [few, many] = [await peakOf(20), await peakOf(200)];
    setDefaultDevice(gpu);
    await device.close();
    expect(many).toBeLessThan(1.5 * few);
  });

  describe('mutagenesis', () => checkMutagenesis('f32'));
  describe('perturbations', () => checkPerturbations('f32'));
});

import { setDefaultDevice, type Tensor } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutagenesis } from '../src/index';
import { checkMutagenesis } from './perturbation/mutagenesis';
import { oneHot } from './perturbation/models';
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

  describe('mutagenesis', () => checkMutagenesis('f32'));
  describe('perturbations', () => checkPerturbations('f32'));
});

import { setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { checkPerturbation } from './perturbation';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('mutagenesis of models of layers on WebGPU', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
  checkPerturbation('f32');
});

import { setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { checkMutagenesis } from './perturbation/mutagenesis';
import { checkPerturbations } from './perturbation/perturbations';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('on WebGPU', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
  describe('mutagenesis', () => checkMutagenesis('f32'));
  describe('perturbations', () => checkPerturbations('f32'));
});

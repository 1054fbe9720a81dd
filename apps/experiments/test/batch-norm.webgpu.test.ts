import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, describe } from 'vitest';
import { checkBatchNorm } from './batch-norm';

const isRequired = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';
const gpu = await openDevice('webgpu').catch((error: unknown) => {
  if (isRequired) throw error;
  return undefined;
});

describe.skipIf(!gpu)('BatchNorm1d in training on WebGPU', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
  checkBatchNorm();
});

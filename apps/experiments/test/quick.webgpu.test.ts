import { setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, describe } from 'vitest';
import { experiments } from '../src/index';
import { checkQuickRun } from './quick';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('a quick run on WebGPU', () => {
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
  for (const experiment of experiments) checkQuickRun(experiment, gpu!);
});

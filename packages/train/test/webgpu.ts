import { type Device, setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll } from 'vitest';

/** WebGPU, undefined where no adapter answers. */
export const gpu: Device | undefined = await webgpuDevice();

/** Makes WebGPU the default device of the tests of a `describe`. */
export function onWebGpu(): void {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
}

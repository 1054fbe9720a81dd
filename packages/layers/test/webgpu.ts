import { type Device, setDefaultDevice } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll } from 'vitest';

/** WebGPU, undefined where no adapter answers. */
export const gpu: Device | undefined = await webgpuDevice();

/** Makes WebGPU the default device of the tests of a `describe`, and closes it. */
export function onWebGpu(device = gpu): void {
  beforeAll(() => setDefaultDevice(device));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await Promise.all([...new Set([gpu, device])].map((one) => one?.close()));
  });
}

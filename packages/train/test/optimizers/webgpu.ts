import { type Device, openDevice, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll } from 'vitest';

const isRequired = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';

/** WebGPU, undefined where no adapter answers; that is an error where `HAIRPIN_REQUIRE_WEBGPU` is 1. */
export const gpu: Device | undefined = await openDevice('webgpu').catch((error: unknown) => {
  if (isRequired) throw error;
  return undefined;
});

/** Makes WebGPU the default device of the tests of a `describe`. */
export function onWebGpu(): void {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });
}

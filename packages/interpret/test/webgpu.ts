import type { Device } from '@hairpin/tensors';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll } from 'vitest';

/** WebGPU, undefined where no adapter answers; closed when the tests of the file are done. */
export const gpu: Device | undefined = await webgpuDevice();

afterAll(() => gpu?.close());

import { gradientReach, stateJacobians } from '@hairpin/interpret';
import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { distance, webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cells, running } from './recurrent-dynamics';

const gpu = await webgpuDevice();

describe.skipIf(!gpu)('dynamics of cells on WebGPU', () => {
  beforeAll(() => setDefaultDevice(gpu));
  afterAll(async () => {
    setDefaultDevice(undefined);
    await gpu?.close();
  });

  it.each(['GRU', 'LSTM'] as const)('of a %s are those of the CPU', async (name) => {
    const measure = async (dtype: 'f32' | 'f64') => {
      const net = running(cells[name](dtype), { batch: 2, steps: 300, dtype });
      return [await stateJacobians(net), (await gradientReach(net)).states].map(({ values }) => values);
    };
    const ours = await measure('f32');
    setDefaultDevice(await openDevice('cpu'));
    const theirs = await measure('f64');
    setDefaultDevice(gpu);
    for (const [i, values] of ours.entries()) expect(distance(values, theirs[i])).toBeLessThan(2e-5);
  });
});

import { openDevice } from '@hairpin/tensors';
import { distance, webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { errorsOf } from './completeness';
import { models } from './models';

const cpu = await openDevice('cpu');
const gpu = await webgpuDevice();
afterAll(() => gpu?.close());

describe('DeepLIFT with Rescale on WebGPU', () => {
  it.skipIf(!gpu).each(Object.keys(models))('adds up and agrees with the CPU: %s', async (name) => {
    const there = await errorsOf(name, 'f32', gpu!);
    const here = await errorsOf(name, 'f64', cpu);
    console.log(`${name}: Rescale ${there.rescale.toExponential(1)}, input × gradient ${there.plain.toExponential(1)}`);
    expect(there.rescale).toBeLessThan(1e-4);
    expect(distance(await there.found.contributions.data(), await here.found.contributions.data())).toBeLessThan(1e-3);
  });
});

import { describe, expect, it } from 'vitest';
import { attribute, rescaleRules, unexplained } from './rescale';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it('contributions by the Rescale rule add up to the difference from the reference', async () => {
    expect(unexplained(await attribute('f32', rescaleRules))).toBeLessThan(1e-4);
  });
});

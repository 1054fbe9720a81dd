import { describe, it } from 'vitest';
import { checkOneByOne, hybrid } from './hybrid';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU a padded batch is its rows one by one, values and gradients, to 1e-6', () => {
  onWebGpu();
  it.each(hybrid)('%s', (_, sample) => checkOneByOne(sample, 1e-6));
});

import { describe, it } from 'vitest';
import { chains, checkChain } from './chain';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU a batch of unequal lengths is its rows one by one, through', () => {
  onWebGpu();
  // One chain: the loops of a recurrent net take long to compile.
  it.each(Object.entries(chains).slice(0, 1))('%s', (_, make) => checkChain(make));
});

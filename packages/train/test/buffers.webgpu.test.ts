import { describe } from 'vitest';
import { checkBuffers } from './buffers';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('a buffer in training on WebGPU', () => {
  onWebGpu();
  checkBuffers();
});

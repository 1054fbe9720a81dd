import { describe } from 'vitest';
import { contracts } from './contracts';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();
  contracts();
});

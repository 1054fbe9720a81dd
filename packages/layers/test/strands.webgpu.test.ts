import { describe } from 'vitest';
import { checkStrands } from './strands';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('both strands are treated alike on WebGPU', () => {
  onWebGpu();
  checkStrands();
});

import { describe } from 'vitest';
import { agreesWithCpu } from './agreement';
import { named } from './cases';
import { contracts } from './contracts';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();
  contracts();
  agreesWithCpu(named, gpu);
});

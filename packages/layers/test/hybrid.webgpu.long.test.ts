import { describe } from 'vitest';
import { contracts } from './contracts';
import { hybrid } from './hybrid';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();
  contracts(hybrid.map(([name, sample]) => [name, sample]));
});

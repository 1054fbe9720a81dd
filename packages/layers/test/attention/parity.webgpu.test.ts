import { describe, it } from 'vitest';
import { hasData, single } from '../data';
import { gpu, onWebGpu } from '../webgpu';
import { checkAttention } from './parity';

describe.skipIf(!gpu || !hasData)('on WebGPU', () => {
  onWebGpu();

  it.each(['plain', 'blocked'] as const)("PyTorch's numbers, %s", (form) => checkAttention(single, form));
});

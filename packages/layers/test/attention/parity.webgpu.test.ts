import { explain, normal, Rng, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { type AttentionForm, MultiHeadAttention } from '../../src/index';
import { hasData, single } from '../data';
import { gpu, onWebGpu } from '../webgpu';
import { checkAttention } from './parity';

describe.skipIf(!gpu || !hasData)('on WebGPU', () => {
  onWebGpu();

  it('a layer over 4 096 positions holds no weights, unless it is asked to', async () => {
    const length = 4096;
    const temporaryBytes = async (form?: AttentionForm) => {
      const layer = new MultiHeadAttention({
        embed: 8,
        heads: 2,
        causal: true,
        rotary: true,
        rng: new Rng(1),
        ...(form && { form }),
      });
      const lengths = tensor(Int32Array.of(length - 96));
      const y = layer.forward(normal(new Rng(2), [1, length, 8]), { lengths });
      return (await explain(y)).temporaryBytes;
    };
    expect(await temporaryBytes()).toBeLessThan(4 * length * length * 0.05);
    expect(await temporaryBytes('plain')).toBeGreaterThanOrEqual(2 * 4 * length * length);
  });

  it.each(['plain', 'blocked'] as const)("PyTorch's numbers, %s", (form) => checkAttention(single, form));
});

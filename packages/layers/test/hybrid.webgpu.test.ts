import { explain, grad, normal, parameters, Rng, sum, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { hybrid } from './hybrid';
import { gpu, onWebGpu } from './webgpu';

/*
 * Only the plan: it takes long to compile, and hybrid.webgpu.long.test.ts runs it.
 */

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it.each(hybrid)('%s: a step keeps to the eight buffers of the default limits', async (_, { of, input, lengths }) => {
    const layer = of(new Rng(1));
    const context = { lengths: tensor(Int32Array.from(lengths!)) };
    const loss = ({ x }: { x: Tensor }) => sum(layer.forward(x, context));
    const x = normal(new Rng(2), input);
    const gradients = grad(loss)({ x, ...parameters(layer) });
    const { dispatches, loops } = await explain(layer.forward(x, context), ...Object.values(gradients));
    expect(loops.flatMap(({ fallback }) => fallback ?? [])).toEqual([]);
    expect(Math.max(...dispatches.map(({ bindings }) => bindings))).toBeLessThanOrEqual(8);
  });
});

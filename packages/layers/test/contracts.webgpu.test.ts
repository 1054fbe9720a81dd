import { type Device, openDevice, Rng, setDefaultDevice, tensor } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named } from './cases';
import { contracts, distance, inputOf, valueAndGradients } from './contracts';
import { gpu, onWebGpu } from './webgpu';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();
  let cpu: Device;
  beforeAll(async () => void (cpu = await openDevice('cpu')));
  afterAll(() => cpu.close());

  // One sample of each; contracts.webgpu.long.test.ts goes through all. Thin names have the kernels of what they name, which take long to compile.
  const isThin = (name: string) =>
    /^(Dilated|HierarchicalRNN|InstanceNorm1d|ResidualConv1d|SeparableConv1d|StrandConv1d|TemporalBlock)/.test(name);
  contracts(named.filter(([name]) => name.endsWith(' 1') && !isThin(name)));

  it.each(named)('%s agrees with the CPU, values and gradients', async (_, sample) => {
    const run = async (device: Device | undefined) => {
      setDefaultDevice(device);
      const x = inputOf(sample);
      const lengths = sample.lengths && tensor(Int32Array.from(sample.lengths));
      return valueAndGradients(sample.of(new Rng(1)), x, lengths ? { lengths } : {});
    };
    const [expected, got] = [await run(cpu), await run(gpu)];
    expect(distance(got.y, expected.y)).toBeLessThan(1e-5); // normals of the two devices agree to 1e-5
    for (const [name, gradient] of Object.entries(expected.gradients))
      expect(distance(got.gradients[name], gradient)).toBeLessThan(1e-4);
  });
});

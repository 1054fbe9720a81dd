import { openDevice, Rng, normal, setDefaultDevice, tensor, type Device } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named } from './cases';
import { contracts, distance, valueAndGradients } from './contracts';

const isRequired = process.env.HAIRPIN_REQUIRE_WEBGPU === '1';
const gpu = await openDevice('webgpu').catch((error: unknown) => {
  if (isRequired) throw error;
  return undefined;
});

describe.skipIf(!gpu)('on WebGPU', () => {
  let cpu: Device;
  beforeAll(async () => {
    cpu = await openDevice('cpu');
    setDefaultDevice(gpu);
  });
  afterAll(async () => {
    setDefaultDevice(undefined);
    await Promise.all([gpu, cpu].map((device) => device?.close()));
  });

  contracts();

  it.each(named)('%s agrees with the CPU, values and gradients', async (_, sample) => {
    const run = async (device: Device | undefined) => {
      setDefaultDevice(device);
      const x = normal(new Rng(2), sample.input);
      const lengths = sample.lengths && tensor(Int32Array.from(sample.lengths));
      return valueAndGradients(sample.of(new Rng(1)), x, lengths ? { lengths } : {});
    };
    const [expected, got] = [await run(cpu), await run(gpu)];
    expect(distance(got.y, expected.y)).toBeLessThan(1e-5); // normals of the two devices agree to 1e-5
    for (const [name, gradient] of Object.entries(expected.gradients))
      expect(distance(got.gradients[name], gradient)).toBeLessThan(1e-4);
  });
});

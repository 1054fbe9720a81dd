import { type Device, openDevice, Rng, setDefaultDevice, tensor } from '@hairpin/tensors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Case } from './cases/case';
import { distance, inputOf, valueAndGradients } from './contracts';

/** Values and gradients on a device against the CPU. */
export function agreesWithCpu(samples: readonly (readonly [string, Case])[], device: Device | undefined): void {
  let cpu: Device;
  beforeAll(async () => void (cpu = await openDevice('cpu')));
  afterAll(() => cpu.close());

  it.each(samples)('%s agrees with the CPU, values and gradients', async (_, sample) => {
    const run = async (on: Device | undefined) => {
      setDefaultDevice(on);
      const x = inputOf(sample);
      const lengths = sample.lengths && tensor(Int32Array.from(sample.lengths));
      return valueAndGradients(sample.of(new Rng(1)), x, lengths ? { lengths } : {});
    };
    const [expected, got] = [await run(cpu), await run(device)];
    expect(distance(got.y, expected.y)).toBeLessThan(1e-5); // normals of the two devices agree to 1e-5
    for (const [name, gradient] of Object.entries(expected.gradients))
      expect(distance(got.gradients[name], gradient)).toBeLessThan(1e-4);
  });
}

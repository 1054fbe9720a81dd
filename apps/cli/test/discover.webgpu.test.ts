import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { fasta, hairpin, workplace } from './hairpin';

const adapter = await webgpuDevice();
await adapter?.close();
const place = workplace();
afterAll(() => place.remove());

describe.skipIf(!adapter)('hairpin discover on WebGPU', () => {
  const peaks = place.write('peaks.fa', fasta({ count: 120 }));
  const run = async (device: string) => {
    const { code, stdout } = await hairpin(
      'discover',
      peaks,
      '--epochs',
      '3',
      '--device',
      device,
      '--quiet',
      '--json',
      '--out',
      place.file(device),
    );
    return { code, result: JSON.parse(stdout) as { device: string; adapter: string; auroc: number } };
  };

  it('says which adapter, measures what the CPU measures, and ends by itself', async () => {
    const [gpu, cpu] = [await run('webgpu'), await run('cpu')];
    expect(gpu).toMatchObject({ code: 0, result: { device: 'webgpu', adapter: expect.stringContaining('WebGPU') } });
    expect(Math.abs(gpu.result.auroc - cpu.result.auroc)).toBeLessThan(0.01);
  });
});

import { readFileSync } from 'node:fs';
import { webgpuDevice } from '@hairpin/tensors/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { fasta, hairpin, workplace } from './hairpin';

const adapter = await webgpuDevice();
await adapter?.close();
const place = workplace();
afterAll(() => place.remove());

describe.skipIf(!adapter)('hairpin train on WebGPU', () => {
  it('makes a model that says the same in a new process, and nearly so on the CPU', async () => {
    const peaks = place.write('peaks.fa', fasta({ count: 40 }));
    const sizes = ['--model', 'hybrid', '--filters', '6', '--hidden', '6', '--epochs', '2'];
    const out = place.file('model');
    const trained = await hairpin('train', '--positives', peaks, ...sizes, '--device', 'webgpu', '--out', out);
    expect(trained.code).toBe(0);
    const [gpu, cpu] = ['webgpu', 'cpu'].map((device) =>
      hairpin('predict', out, `${out}/held-out.fa`, '--quiet', '--device', device),
    );
    expect((await gpu).stdout).toBe(readFileSync(`${out}/held-out.tsv`, 'utf8'));
    const [ours, theirs] = [await gpu, await cpu].map(({ stdout }) => logitsOf(stdout));
    expect(ours).toHaveLength(16);
    ours.forEach((logit, i) => expect(logit).toBeCloseTo(theirs[i], 4));
  });
});

const logitsOf = (table: string): number[] =>
  table
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split('\t')[3]));

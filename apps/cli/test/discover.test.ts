import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readMeme } from '@hairpin/bio';
import { readSafetensors } from '@hairpin/tensors/files';
import { afterAll, describe, expect, it } from 'vitest';
import { fasta, hairpin, workplace } from './hairpin';

const place = workplace();
afterAll(() => place.remove());

describe('hairpin', () => {
  it('tells its version and what it can do', async () => {
    expect(await hairpin('--version')).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
    const { code, stdout } = await hairpin('discover', '--help');
    expect(code).toBe(0);
    for (const option of ['--negatives', '--hold-out', '--seed', '--out', '--json', '--epochs', '--device', '--quiet'])
      expect(stdout).toContain(option);
  });
});

describe('hairpin discover', () => {
  const small = place.write('small.fa.gz', gzipSync(fasta({ count: 120 })));

  it('prints one JSON object as the last line of stdout, talks on stderr and leaves whole files', async () => {
    const out = place.file('a/report');
    const { code, stdout, stderr } = await hairpin(
      'discover',
      small,
      '--epochs',
      '3',
      '--seed',
      '2',
      '--out',
      out,
      '--json',
    );
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toEqual({
      ...{ device: 'cpu', adapter: expect.stringContaining('CPU'), trueMatrixAuroc: null, epochs: 3 },
      ...{ auroc: expect.any(Number), auprc: expect.any(Number), seconds: expect.any(Number) },
      motifs: expect.any(Array),
      report: `${out}/report.html`,
    });
    for (const motif of result.motifs as unknown[])
      expect(motif).toEqual({
        consensus: expect.stringMatching(/^[A-Z]+$/),
        informationBits: expect.any(Number),
        sites: expect.any(Number),
      });
    expect(stderr).toContain('epoch 3/3: loss');
    expect(stderr).not.toContain('\u001b'); // no bar where there is no terminal
    expect(readdirSync(out).sort()).toEqual(['history.json', 'model.safetensors', 'motifs.meme', 'report.html']);
    checkFiles(out);
  });

  it('says in words what it found, and with --quiet nothing else; the same seed gives the same numbers', async () => {
    const once = () =>
      hairpin('discover', small, '--epochs', '1', '--hold-out', 'chr2', '--quiet', '--out', place.file('b'));
    const [first, second] = [await once(), await once()];
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^AUROC 0\.\d{4} \(95 % interval 0\.\d{4} – [01]\.\d{4}\) on held-out sequences$/m);
    expect(second.stdout).toBe(first.stdout);
  });

  it('takes negatives from a file', async () => {
    const negatives = place.write('negatives.fa', fasta({ count: 80, motif: 'A', lengthBp: 50, seed: 9 }));
    const { code, stdout } = await hairpin(
      'discover',
      small,
      '--negatives',
      negatives,
      '--epochs',
      '8',
      '--quiet',
      '--json',
      '--out',
      place.file('c'),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ auroc: expect.any(Number) });
    expect(readFileSync(place.file('c/report.html'), 'utf8')).toContain('negatives.fa');
  });
});

function checkFiles(out: string): void {
  const read = (name: string) => readFileSync(`${out}/${name}`, 'utf8');
  expect(read('report.html')).toMatch(/^<!doctype html>[^]*<\/html>\s*$/i);
  expect(read('report.html')).toContain('--seed 2');
  expect(JSON.parse(read('history.json'))).toMatchObject([{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }]);
  expect(readMeme(read('motifs.meme')).motifs[0].probabilities.length).toBeGreaterThan(3);
  const { tensors, metadata } = readSafetensors(readFileSync(`${out}/model.safetensors`));
  expect(Object.keys(tensors)).toContain('filters.weight');
  expect(JSON.parse(metadata.card)).toMatchObject({ seed: 2, metrics: { auroc: {} } });
  expect(statSync(`${out}/report.html`).size).toBeGreaterThan(5000);
}

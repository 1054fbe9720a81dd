import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readSafetensors } from '@hairpin/tensors/files';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine, fasta, run, workplace } from './hairpin';

const place = workplace();
const peaks = place.write('peaks.fa', fasta({ count: 400 }));
afterAll(() => place.remove());

const endless = (out: string) => commandLine('discover', peaks, '--epochs', '100000', '--out', out);

describe('Ctrl-C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves the last checkpoint whole, after %s', async (signal) => {
    const out = place.file(signal);
    let isSent = false;
    const { code, stderr } = await run(endless(out), (text, kill) => {
      if (!isSent && text.includes('epoch 2/')) kill(signal);
      isSent ||= text.includes('epoch 2/');
    });
    expect(code).toBe(130);
    const file = `${out}/checkpoint.safetensors`;
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^hairpin: interrupted; the weights of epoch \d+ are in .*checkpoint\.safetensors$/,
    );
    expect(readdirSync(out)).toEqual(['checkpoint.safetensors']);
    const { tensors, metadata } = readSafetensors(readFileSync(file));
    expect(Object.keys(tensors)).toEqual(expect.arrayContaining(['weights.filters.weight', 'optimizer.count']));
    expect(Number(metadata.epoch)).toBeGreaterThanOrEqual(2);
  });

  it('leaves nothing where no epoch was over', async () => {
    const out = place.file('early');
    const { code, stderr } = await run(endless(out), (text, kill) => text.includes('learning from') && kill('SIGINT'));
    expect(code).toBe(130);
    if (stderr.includes('no epoch was over')) expect(existsSync(out)).toBe(false);
    else expect(readdirSync(out)).toEqual(['checkpoint.safetensors']); // the first epoch was faster than the signal
  });

  const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
  it.skipIf(!hasScript)('gives the cursor of a terminal back', async () => {
    const out = place.file('terminal');
    const words = endless(out)
      .map((word) => `'${word}'`)
      .join(' ');
    const inTerminal = [
      'script',
      '--quiet',
      '--return',
      '--flush',
      '--command',
      `timeout -s INT 8 ${words}`,
      '/dev/null',
    ];
    const { stdout } = await run(inTerminal);
    expect(stdout).toContain('\u001b[?25l'); // the bar hid the cursor …
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l')); // … and showed it again
    expect(stdout).toContain('hairpin: interrupted');
  });
});

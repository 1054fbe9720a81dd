import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fasta, hairpin, workplace } from './hairpin';

const place = workplace();
const good = place.write('good.fa', fasta());
const lines = fasta().split('\n');
const broken = (text: string) => place.write('broken.fa', text);
const changed = (line: number, change: (text: string) => string) => lines.with(line, change(lines[line])).join('\n');

/** A name, what is given to `hairpin discover`, and the one line that it must say. */
const cases: readonly [string, () => string[], RegExp][] = [
  ['a missing file', () => [place.file('none.fa')], /none\.fa: no such file$/],
  ['a folder', () => [place.path], /is a folder, not a file$/],
  ['an empty file', () => [broken('')], /broken\.fa: the file is empty$/],
  [
    'a file that is not FASTA',
    () => [broken('chr1\t5\t10\n')],
    /broken\.fa:1:1: not FASTA: expected a line that begins with '>'/,
  ],
  [
    'a sequence shorter than a filter',
    () => [broken(changed(5, (text) => text.slice(0, 12)))],
    /broken\.fa: record 3 \(chr1:2000-2040\) has 12 letters, fewer than the \d+ of a filter$/,
  ],
  [
    'a letter outside IUPAC',
    () => [broken(changed(3, (text) => `${text.slice(0, 4)}!${text.slice(5)}`))],
    /broken\.fa:4:5: record 2 \("chr2:1000-1040"\): "!" at position 5 is not an IUPAC DNA letter$/,
  ],
  [
    'nothing but N',
    () => [broken(fasta().replace(/^[ACGT]+$/gm, (text) => 'N'.repeat(text.length)))],
    /no sequence has a base: all letters are N$/,
  ],
  ['too few sequences', () => [broken(fasta({ count: 5 }))], /broken\.fa: 5 sequences are too few/],
  [
    'one class only',
    () => [good, '--negatives', broken(fasta({ seed: 2 }).replaceAll('chr1:', 'chr3:')), '--hold-out', 'chr1'],
    /broken\.fa: no record is on chr1; there are chr2, chr3$/,
  ],
  ['a class that is empty', () => [good, '--negatives', broken('')], /broken\.fa: the file is empty$/],
  [
    'a chromosome that does not occur',
    () => [good, '--hold-out', 'chr7'],
    /good\.fa: no record is on chr7; there are chr1, chr2$/,
  ],
  [
    'every chromosome held out',
    () => [good, '--hold-out', 'chr1,chr2'],
    /good\.fa: every record is on chr1, chr2; none is left$/,
  ],
  [
    'headers without a chromosome',
    () => [broken(fasta().replace(/^>.*$/gm, '>peak')), '--hold-out', 'chr1'],
    /record 1 .* names no chromosome/,
  ],
  [
    'an output folder that cannot be',
    () => [good, '--out', `${good}/report`],
    /good\.fa\/report: cannot be written \(ENOTDIR\); choose another with --out$/,
  ],
  ['an unknown option', () => [good, '--hold-in', 'chr1'], /unknown option '--hold-in'/],
  [
    'a seed that is none',
    () => [good, '--seed', 'x'],
    /'--seed <n>' argument 'x' is invalid. Expected a whole number from 0\.$/,
  ],
  ['an unknown device', () => [good, '--device', 'abacus'], /'abacus' is invalid\. Allowed choices are webgpu, cpu\.$/],
];

describe('bad input gets one clear line on stderr and exit code 1', () => {
  beforeAll(() => expect(lines.length).toBeGreaterThan(100));
  afterAll(() => place.remove());

  it.each(cases)('%s', async (_, args, message) => {
    const out = place.file('out');
    const given = args();
    const { code, stdout, stderr } = await hairpin(
      'discover',
      '--quiet',
      '--json',
      ...(given.includes('--out') ? [] : ['--out', out]),
      ...given,
    );
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect(stderr).toMatch(/^hairpin: /);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(existsSync(out)).toBe(false); // nothing half done is left
  });
});

import { mkdirSync } from 'node:fs';
import { datasets } from '@hairpin/bio';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesText } from '../src/data/bytes-text';
import { workplace } from './hairpin';
import { inProcess } from './in-process';

const place = workplace();
const real = process.env.HAIRPIN_DATA;
const peaks = 'chip_ctcf_gm12878';
const files = datasets.find(({ name }) => name === peaks)!.files.map(({ path }) => path);

beforeEach(() => {
  vi.stubEnv('HAIRPIN_DATA', place.path);
  vi.stubEnv('HAIRPIN_CACHE', place.file('cache'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => place.remove());

it('sizes have three digits that count', () => {
  expect([0, 999, 1000, 58_600, 999_499, 999_999, 2_500_000_000].map(bytesText)).toEqual([
    ...['0 B', '999 B', '1.00 kB', '58.6 kB', '999 kB', '1.00 MB', '2.50 GB'],
  ]);
});

describe('hairpin data', () => {
  it('lists the sets, and how much of each is here', async () => {
    const { stdout } = await inProcess('data', 'list');
    expect(stdout.trimEnd().split('\n')).toHaveLength(datasets.length);
    expect(stdout).toMatch(new RegExp(`^${peaks} +125 kB  not here +The 500 strongest peaks`, 'm'));
    const { stdout: json } = await inProcess('data', 'list', '--json');
    expect((JSON.parse(json) as { name: string }[]).find(({ name }) => name === peaks)).toMatchObject({
      ...{ files: files.length, here: 0, licence: expect.any(String), source: { what: expect.any(String) } },
    });
  });

  it('says where files are, and does not take a wrong file for the right one', async () => {
    mkdirSync(place.file(peaks));
    const wrongs = files.map((file) => place.write(`${peaks}/${file}`, '>a\nACGT\n'));
    expect(await inProcess('data', 'where', peaks)).toEqual({ code: 0, stdout: `${wrongs.join('\n')}\n`, stderr: '' });
    const { stdout } = await inProcess('data', 'where', peaks, files[0], '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ path: files[0], state: 'mirror', location: wrongs[0] }]);
    const { code, stderr } = await inProcess('data', 'fetch', peaks, '--quiet');
    expect({ code, lines: stderr.trimEnd().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringMatching(/^hairpin: .*: the mirror's copy is damaged or another version; replace or/)],
    });
  });

  it.skipIf(!real)('fetches what is in the mirror without asking anybody', async () => {
    vi.stubEnv('HAIRPIN_DATA', real);
    const { code, stdout } = await inProcess('data', 'fetch', peaks);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual(files.map((file) => expect.stringMatching(`${peaks}/${file}$`)));
  });

  it.each([
    [['where', 'peaks'], /no data set peaks; hairpin data list names them/],
    [['fetch', 'peaks'], /no data set peaks; hairpin data list names them/],
    [['where', 'smiles'], /smiles: not here; hairpin data fetch smiles brings it/],
    [['where', peaks, 'b.fa'], new RegExp(`${peaks}: no file b.fa; it has `)],
  ])('%o gets one line and exit code 1', async (args, message) => {
    const { code, stdout, stderr } = await inProcess('data', ...args);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

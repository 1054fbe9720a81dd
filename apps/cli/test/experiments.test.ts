import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { experimentNamed, experiments, fillOptions } from '@hairpin/experiments';
import { afterAll, describe, expect, it } from 'vitest';
import { hairpin, workplace } from './hairpin';
import { inProcess } from './in-process';
import { result, small } from './verify/outcomes';

const place = workplace();
afterAll(() => place.remove());

/** Ten steps of it are enough to see what the command does. */
const tiny = ['--set', 'length=10', '--set', 'hidden=2', '--set', 'budget=100', '--set', 'short=4'];

describe('hairpin list', () => {
  it('gives records as JSON, without what they do', async () => {
    const { code, stdout } = await hairpin('list', '--json');
    expect(code).toBe(0);
    const records = JSON.parse(stdout) as { name: string; rows: number[]; options: object }[];
    expect(records.map(({ name }) => name)).toEqual(experiments.map(({ name }) => name));
    expect(records[0]).toEqual(JSON.parse(JSON.stringify(experiments[0])));
  });

  it('tells questions, and of one experiment its options', async () => {
    expect((await inProcess('list')).stdout).toMatch(/^adding-problem +Can a recurrent net add/m);
    const { stdout } = await inProcess('list', 'adding-problem');
    expect(stdout).toContain('answers rows 14');
    expect(stdout).toMatch(/length=200, 16 in a quick run: .*; a whole number from 10 to 5000/);
  });
});

describe('hairpin run', () => {
  it('prints one JSON object of numbers, and leaves the report and the result', async () => {
    const out = place.file('run');
    const args = ['run', 'adding-problem', '--size', 'quick', '--device', 'cpu', '--seed', '3', '--json', '--out', out];
    const { code, stdout, stderr } = await hairpin(...args, ...tiny);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    const printed = JSON.parse(stdout) as { numbers: object[] };
    expect(printed).toMatchObject({ experiment: 'adding-problem', device: 'cpu', report: `${out}/report.html` });
    expect(Object.keys(printed)).toEqual(['experiment', 'device', 'seconds', 'numbers', 'report']);
    expect(printed.numbers).toHaveLength(4);
    for (const number of printed.numbers)
      expect(Object.keys(number)).toEqual(['name', 'value', 'unit', 'threshold', 'pass', 'row']);
    expect(stderr).toContain('LSTM, 10 steps');
    expect(JSON.parse(readFileSync(`${out}/result.json`, 'utf8'))).toMatchObject({ seed: 3, options: { hidden: 2 } });
    expect(readFileSync(`${out}/report.html`, 'utf8')).toMatch(/^<!doctype html>/);
  });
});

/** A name, what is given to `hairpin`, and the one line that it must say. */
const cases: readonly [string, string[], RegExp][] = [
  ['an experiment that there is none of', ['run', 'adding'], /no experiment adding; there are .*adding-problem/],
  ['the same of list', ['list', 'adding'], /no experiment adding; there are/],
  ['the same of verify', ['verify', 'adding'], /no experiment adding; there are/],
  ['--set without a value', ['run', 'adding-problem', '--set', 'length'], /--set length: expected name=value, as in/],
  [
    'an option that is none',
    ['run', 'adding-problem', '--set', 'width=3'],
    /has no option width; it has length, hidden/,
  ],
  [
    'a value out of its bounds',
    ['run', 'adding-problem', '--set', 'length=9'],
    /length: expected a whole number from 10 to 5000, got 9$/,
  ],
  [
    'a size that is none',
    ['run', 'adding-problem', '--size', 'big'],
    /'big' is invalid\. Allowed choices are quick, full/,
  ],
  ['a number of seeds that is none', ['verify', '--seeds', '0'], /'0' is invalid\. Expected a whole number from 1\.$/],
];

describe('a mistake gets one line and exit code 1', () => {
  it.each(cases)('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await inProcess(...args);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

describe('hairpin verify', () => {
  const options = fillOptions(experimentNamed('adding-problem').options, {}, 'full');
  const verify = async (folder: string, value: number) => {
    mkdirSync(place.file(folder));
    const kept = result('adding-problem', 1, [small(value)], { options });
    place.write(`${folder}/adding-problem-seed-1.json`, JSON.stringify(kept));
    const files = ['--results', place.file(folder), '--out', place.file(`${folder}/docs/page.md`)];
    return inProcess('verify', 'adding-problem', '--seeds', '1', '--json', '--quiet', ...files);
  };

  it('does not run again what is there, and writes the page', async () => {
    const { code, stdout } = await verify('met', 1);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ pass: true, failed: [], page: place.file('met/docs/page.md') },
      numbers: [{ experiment: 'adding-problem', row: 3, mean: 1, sd: null, met: 1, of: 1 }],
    });
    expect(readFileSync(place.file('met/docs/page.md'), 'utf8')).toContain(
      '| 3 | adding-problem | size | ≤ 1 | 1 bp |',
    );
  });

  it('ends with 1 where a threshold was missed', async () => {
    const { code, stdout } = await verify('missed', 2);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ pass: false, numbers: [{ met: 0 }] });
    expect(existsSync(place.file('missed/adding-problem-seed-1.html'))).toBe(false); // it was not run
  });
});

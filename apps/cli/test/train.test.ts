import { readdirSync, readFileSync } from 'node:fs';
import { readNpz, readSafetensors } from '@hairpin/tensors/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine, fasta, hairpin, run, workplace } from './hairpin';
import { inProcess } from './in-process';

const place = workplace();
afterAll(() => place.remove());

const peaks = place.write('peaks.fa', fasta({ count: 60 }));
const small = ['--filters', '6', '--hidden', '6', '--width', '8', '--epochs', '3', '--quiet', '--device', 'cpu'];
const read = (name: string) => readFileSync(place.file(name), 'utf8');
const rows = (text: string) => text.trimEnd().split('\n').slice(1).map((line) => line.split('\t')); // prettier-ignore

describe('hairpin train', () => {
  let printed: { metrics: Record<string, number> };
  beforeAll(async () => {
    const { code, stdout } = await hairpin('train', '--positives', peaks, ...small, '--json', '--out', place.file('m'));
    expect(code).toBe(0);
    printed = JSON.parse(stdout) as typeof printed;
  });

  it('leaves weights, a card and what it says of held-out sequences', () => {
    const names = ['card.json', 'held-out.fa', 'held-out.tsv', 'history.json', 'model.safetensors'];
    expect(readdirSync(place.file('m')).sort()).toEqual(names);
    const card = JSON.parse(read('m/card.json')) as object;
    expect(card).toMatchObject({
      ...{ architecture: 'cnn', alphabet: 'dna', metrics: printed.metrics },
      ...{ sizes: { filters: 6, hidden: 6, width: 8 }, training: { seed: 1, epochs: 3 } },
      ...{ task: { kind: 'classification', labels: ['negative', 'positive'] }, data: { heldOut: 24 } },
    });
    const { metadata } = readSafetensors(readFileSync(place.file('m/model.safetensors')));
    expect(JSON.parse(metadata.card)).toEqual(card);
    expect(rows(read('m/held-out.tsv'))).toHaveLength(24);
  });

  it('is answered by predict in a new process with the very same numbers', async () => {
    const { code, stdout } = await hairpin('predict', place.file('m'), place.file('m/held-out.fa'), '--quiet');
    expect({ code, stdout }).toEqual({ code: 0, stdout: read('m/held-out.tsv') });
  });

  it('is explained in a new process: letters add up to the difference of what predict says', async () => {
    const out = place.file('explained');
    const held = read('m/held-out.fa').split('>').slice(1, 4).map((record) => `>${record}`); // prettier-ignore
    const some = place.write('some.fa', held.join(''));
    const { code, stdout } = await hairpin('explain', place.file('m'), some, '--references', '4', '--json', '--quiet', '--out', out); // prettier-ignore
    expect(code).toBe(0);
    const { sequences } = JSON.parse(stdout) as { sequences: { id: string; output: number; reference: number }[] };
    const logits = new Map(rows(read('m/held-out.tsv')).map(([id, , , logit]) => [id, Number(logit)]));
    const letters = rows(read('explained/contributions.tsv'));
    expect(letters).toHaveLength(3 * 40);
    for (const { id, output, reference } of sequences) {
      const own = letters.filter(([name]) => name === id).map(([, , , value]) => Number(value));
      const sum = own.reduce((total, value) => total + value, 0);
      expect(output).toBeCloseTo(logits.get(id)!, 6);
      expect(Math.abs(sum - (output - reference))).toBeLessThan(1e-5);
      expect(Math.max(...own.map(Math.abs))).toBeGreaterThan(0);
    }
    expect(readNpz(readFileSync(place.file('explained/contributions.npz'))).hypothetical.shape).toEqual([3, 40, 4]);
    expect(read('explained/report.html')).toMatch(/^<!doctype html>[^]*<svg/);
  });

  it('goes on with --resume where Ctrl-C stopped it, to the weights of a run that was not stopped', async () => {
    const args = ['train', '--positives', peaks, '--filters', '4', '--hidden', '4', '--width', '6', '--epochs', '30'];
    const patience = ['--patience', '99', '--device', 'cpu'];
    const stopped = await run(commandLine(...args, ...patience, '--out', place.file('half')), (text, kill) => {
      if (text.includes('epoch 2/')) kill('SIGINT');
    });
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    expect(stopped.stderr).toMatch(/hairpin: interrupted; the same command with --resume goes on\n$/);
    expect(readdirSync(place.file('half'))).toEqual(['checkpoint.safetensors']);
    const other = await inProcess(...args, ...patience, '--quiet', '--seed', '2', '--resume', '--out', place.file('half')); // prettier-ignore
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('began with other data or options') });
    const resumed = await inProcess(...args, ...patience, '--quiet', '--resume', '--out', place.file('half'));
    const whole = await inProcess(...args, ...patience, '--quiet', '--out', place.file('whole'));
    expect([resumed.code, whole.code]).toEqual([0, 0]);
    expect(read('half/held-out.tsv')).toBe(read('whole/held-out.tsv'));
  });
});

describe('a table', () => {
  const letters = fasta({ count: 40 }).split('\n').filter((line) => /^[ACGT]/.test(line)); // prettier-ignore
  const table = (heading: string, cell: (i: number) => string) =>
    [heading, ...letters.map((sequence, i) => `${sequence},${cell(i)}`)].join('\n');

  it('of values is a regression, whose predictions are in the units of the table', async () => {
    const path = place.write(
      'values.csv',
      table('sequence,value', (i) => String(1000 + 10 * (i % 5))),
    );
    const { code } = await inProcess('train', path, ...small, '--model', 'gru', '--out', place.file('values'));
    expect(code).toBe(0);
    const predicted = rows(read('values/held-out.tsv')).map(([, value]) => Number(value));
    expect(predicted).toHaveLength(8);
    for (const value of predicted) expect(Math.abs(value - 1020)).toBeLessThan(60);
    expect(Object.keys((JSON.parse(read('values/card.json')) as { metrics: object }).metrics)).toEqual(
      ['pearson', 'spearman', 'r2', 'mse'], // prettier-ignore
    );
  });

  /** A table, and the one line that it gets. */
  const cases: readonly [string, string, RegExp][] = [
    ['without the columns', 'a,b\n1,2\n', /bad\.csv:1: expected columns sequence and label or value, got a, b$/],
    ['with a row too short', 'sequence,label\nACGT\n', /bad\.csv:2: expected 2 cells, got 1$/],
    ['with a value that is none', 'sequence,value\nACGT,high\n', /bad\.csv:2: expected a number as value, got "high"$/],
    ['of few sequences', 'sequence,value\nACGT,1\n', /bad\.csv: 1 sequences are too few to learn from; 20 are/],
    ['of one label', table('sequence,label', () => 'x'), /bad\.csv: expected two labels, got one: x; for numbers/],
    ['of one value', table('sequence,value', () => '3'), /bad\.csv: all values are 3: there is nothing to learn$/],
    [
      'with a letter that is none',
      table('sequence,label', (i) => String(i % 2)).replace('\nA', '\n!'),
      /row \d+: "!" at position 1 is not an IUPAC DNA letter$/,
    ],
  ];

  it.each(cases)('%s gets one line and exit code 1', async (_, text, message) => {
    const path = place.write('bad.csv', text);
    const { code, stdout, stderr } = await inProcess('train', path, ...small, '--out', place.file('none'));
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  it.each([
    [['predict', place.file('nowhere')], /nowhere: no such folder$/],
    [['predict', place.path], /no model in it: expected model\.safetensors, as hairpin train writes it$/],
    [['predict', peaks], /peaks\.fa: .*/],
    [['train'], /expected a table with a column label or value, or --positives/],
    [['train', peaks, '--positives', peaks], /expected a table or --positives, got both$/],
    [['train', '--positives', peaks, '--resume', '--out', place.file('none')], /nothing to go on with: no checkpoint/],
  ])('%o gets one line', async (args, message) => {
    const { code, stderr } = await inProcess(...args, '--quiet');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
    expect(code).toBe(1);
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { readMeme, readNewick, robinsonFoulds, writeMeme } from '@hairpin/bio';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine, fasta, hairpin, workplace } from './hairpin';
import { inProcess } from './in-process';

const place = workplace();
afterAll(() => place.remove());

/** A motif that is nearly a word. */
const motif = (id: string, word: string) => ({
  ...{ id, name: word, sites: 20 },
  probabilities: [...word].map((letter) => [...'ACGT'].map((other) => (other === letter ? 0.97 : 0.01))),
});
const random = (seed: number) =>
  Array.from({ length: 8 }, (_, i) => 'ACGT'[(seed * (i + 3) + ((seed * seed + i) >> 2)) % 4]).join('');
const targets = Array.from({ length: 60 }, (_, i) => motif(`known_${i}`, random(i + 1)));
const ap1 = motif('ap1', 'TGACTCAGCA');
const queries = place.write('queries.meme', writeMeme([motif('found', 'TGCTGAGTCA')]));
const known = place.write('known.meme.gz', gzipSync(writeMeme([...targets, ap1])));
const rows = (text: string) => text.trimEnd().split('\n').map((line) => line.split('\t')); // prettier-ignore

describe('hairpin compare', () => {
  it('finds the motif on its other strand, in the columns of Tomtom', async () => {
    const { code, stdout } = await inProcess('compare', queries, known);
    expect(code).toBe(0);
    const [columns, best] = rows(stdout);
    expect(columns.slice(0, 3)).toEqual(['Query_ID', 'Target_ID', 'Optimal_offset']);
    expect([best[0], best[1], best.at(-1)]).toEqual(['found', 'ap1', '-']);
    expect(Number(best[5])).toBeLessThan(1e-3);
    const { stdout: lines } = await inProcess('compare', queries, known, '--json');
    expect(JSON.parse(lines.split('\n')[0])).toMatchObject({ query: 'found', target: 'ap1', strand: '-', overlap: 10 });
  });

  it('reads JASPAR too, and writes to a file', async () => {
    const jaspar = ['>ap1 AP1', 'A [0 0 9 0]', 'C [0 0 0 9]', 'G [0 9 0 0]', 'T [9 0 0 0]'].join('\n');
    const out = place.file('tomtom.tsv');
    const file = place.write('ap1.jaspar', jaspar);
    const { code, stdout } = await inProcess('compare', file, known, '--evalue', '--threshold', '1000', '--out', out);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(rows(readFileSync(out, 'utf8')).length).toBeGreaterThan(10);
  });
});

describe('hairpin sites', () => {
  it('finds each planted site, where and on which strand it is', async () => {
    const sequences = '>one\nAAAAATGACTCAGCAAAAAA\n>two\nccccctgctgagtcaccccc\n';
    const { stdout } = await inProcess('sites', queries, place.write('s.fa', sequences), '--threshold', '1e-5');
    const found = rows(stdout).slice(1).map(([id, , name, start, stop, strand]) => [id, name, start, stop, strand]); // prettier-ignore
    expect(found.sort()).toEqual([
      ['found', 'one', '6', '15', '-'],
      ['found', 'two', '6', '15', '+'],
    ]);
    const { stdout: one } = await inProcess('sites', queries, place.file('s.fa'), '--one-strand', '--json');
    expect(one.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toMatchObject([{ sequence: 'two', start: 6 }]); // prettier-ignore
  });
});

describe('hairpin tree', () => {
  // Saitou & Nei's method on an additive matrix, worked out by hand: a 2, b 3, then 3 to c 4, then 2 to d 2, e 1.
  const additive = '5\na 0 5 9 9 8\nb 5 0 10 10 9\nc 9 10 0 8 7\nd 9 10 8 0 3\ne 8 9 7 3 0\n';

  it('makes the tree of an additive matrix, read from stdin', () => {
    const [command, ...args] = commandLine('tree');
    const { stdout, status } = spawnSync(command, args, { input: additive, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '(((a:2,b:3):3,c:4):2,d:2,e:1);\n' });
  });

  it('draws it in letters, as SVG where the file is called so, or by another method', async () => {
    const path = place.write('m.phy', additive);
    expect((await inProcess('tree', path, '--format', 'ascii')).stdout.match(/[a-e]$/gm)).toEqual([...'abcde']);
    await inProcess('tree', path, '--out', place.file('tree.svg'));
    expect(readFileSync(place.file('tree.svg'), 'utf8')).toMatch(/^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect((await inProcess('tree', path, '--method', 'upgma')).stdout).toContain('d:1.5,e:1.5');
  });

  it.each(['mash', 'kmer'])('joins sequences with those they are copies of, by %s', async (distance) => {
    const [one, two] = [1, 2].map((seed) => fasta({ count: 1, lengthBp: 300, seed }).split('\n')[1]);
    const copies = [one, `${one.slice(0, 150)}A${one.slice(151)}`, two, `${two.slice(0, 150)}C${two.slice(151)}`];
    const path = place.write('copies.fa', copies.map((letters, i) => `>${'abcd'[i]}\n${letters}\n`).join(''));
    const { stdout } = await inProcess('tree', path, '--distance', distance, '--k', '4');
    const { distance: apart } = robinsonFoulds(readNewick(stdout)[0], readNewick('((a,b),(c,d));')[0]);
    expect(apart).toBe(0);
  });
});

describe.skipIf(!process.env.HAIRPIN_DATA)('41 mammals', () => {
  const folder = `${process.env.HAIRPIN_DATA}/mito_mammals41`;

  it('stand in a tree of Mash distances with 34 of the 35 splits of the reference', async () => {
    const { code, stdout } = await inProcess('tree', `${folder}/genomes.fasta.gz`, '--circular', '--k', '12');
    expect(code).toBe(0);
    const reference = readNewick(readFileSync(`${folder}/reference_tree.nwk`, 'utf8'))[0];
    expect(robinsonFoulds(readNewick(stdout)[0], reference)).toMatchObject({ shared: 34, distance: 5 });
  });
});

describe('hairpin motifs', () => {
  const peaks = place.write('peaks.fa', fasta({ count: 100 }));
  const train = (model: string) => {
    const sizes = ['--filters', '8', '--width', '10', '--epochs', '6', '--device', 'cpu', '--quiet'];
    return inProcess('train', '--positives', peaks, '--model', model, ...sizes, '--out', place.file(model));
  };

  it('writes what the filters of a model look for, and the planted motif is the first', async () => {
    expect((await train('cnn')).code).toBe(0);
    const { code, stdout } = await hairpin('motifs', place.file('cnn'), peaks, '--quiet');
    expect(code).toBe(0);
    const { motifs } = readMeme(stdout);
    const found = place.write('found.meme', writeMeme(motifs.slice(0, 1)));
    const matches = rows((await inProcess('compare', found, known)).stdout);
    expect(matches[1][1]).toBe('ap1');
  });
});

/** What is given, and the one line that it gets. */
const mistakes: readonly [string[], RegExp][] = [
  [['compare', place.file('none'), known], /none: no such file$/],
  [['compare', place.write('text', 'hello\n'), known], /text:1/],
  [['sites', queries, place.write('bad.fa', '>a\nAC!T\n')], /bad\.fa:2:3: .*is not an IUPAC DNA letter$/],
  [['sites', '-', '-'], /cannot both come from stdin$/],
  [['tree', place.write('two.fa', '>a\nACGT\n>b\nACGT\n')], /two\.fa: expected at least 3 sequences, got 2$/],
  [
    ['tree', place.write('far.fa', '>a\nAAAA\n>b\nCCCC\n>c\nACAC\n'), '--k', '4'],
    /far\.fa: a and b have no k-mer in common: give a smaller --k, or/,
  ],
  [['tree', place.write('m.txt', '2\na 0 1\nb 2\n')], /m\.txt:3/],
  [['motifs', place.path, queries], /no model in it/],
];

it.each(mistakes)('%o gets one line and exit code 1', async (args, message) => {
  const { code, stdout, stderr } = await inProcess(...args);
  expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(message)]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

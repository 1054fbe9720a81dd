import { collectFasta, dataLibrary, simulateLetters } from '@hairpin/bio';
import { openDevice } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { dataStore, experimentNamed, runExperiment } from '../src/index';
import { meansByContext, plainMeans, whitenedMeans, whiteningOf } from '../src/phylogeny/distances';
import { everyFifth } from '../src/phylogeny/language';
import { mirror } from './mirror';

const cpu = await openDevice('cpu');

/** Mean states of two units after each of two contexts, and how often each context was met. */
const piece = (means: [number, number][], counts: [number, number]) => ({
  sums: Float32Array.from(means.flatMap((mean, context) => mean.map((value) => value * counts[context]))),
  counts: Float64Array.from(counts),
});

describe('distances of mean states', () => {
  const same: [number, number][] = [
    [1, 2],
    [3, 5],
  ];
  const other: [number, number][] = [
    [2, 2],
    [3, 4],
  ];
  const species = [[piece(same, [10, 30])], [piece(same, [30, 10])], [piece(other, [20, 20])]];
  const sample = { values: Float32Array.from([2, 0, -2, 0, 0, 1, 0, -1]), shape: [4, 2] }; // variances 8/3 and 2/3

  it('by context do not see composition, plain ones do', async () => {
    const [a, b, c] = meansByContext(species, await whiteningOf({ genomes: [], sample })).points;
    a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 12));
    expect(Math.max(...a.map((value, i) => Math.abs(value - c[i])))).toBeGreaterThan(0.1);
    const [plain, turned] = plainMeans(species).points;
    expect([...plain]).toEqual([2.5, 4.25]);
    expect([...turned]).toEqual([1.5, 2.75]);
  });

  it('whitened are in units of how much states vary along a genome', async () => {
    const { points, distance } = whitenedMeans(species, await whiteningOf({ genomes: [], sample }));
    expect(distance(points[0], points[1])).toBeCloseTo(Math.hypot(1 / Math.sqrt(8 / 3), 1.5 / Math.sqrt(2 / 3)), 2);
  });

  it('take a context that a species never met as the mean of the others', async () => {
    const without = [...species, [piece([[9, 9], [0, 0]], [5, 0])]]; // prettier-ignore
    const { points } = meansByContext(without, await whiteningOf({ genomes: [], sample }));
    expect([...points[3].slice(2)]).toEqual([0, 0]);
  });
});

describe('genomes of a user', () => {
  const genome = (seed: number) => simulateLetters(400, new Rng(seed));
  const fasta = (names: string[]) => names.map((name, i) => `>${name}\n${genome(i)}\n`).join('');
  const run = (files: Record<string, string>) => {
    const options = { ...Object.fromEntries(Object.keys(files).map((name) => [name, name])), steps: 10, windows: 4 };
    const data = dataStore(dataLibrary(), async (name) => files[name]);
    return runExperiment(experimentNamed('phylogeny'), { size: 'quick', options }, { device: cpu, data });
  };

  it.each([
    [{ genomes: fasta(['a', 'b', 'c']) }, 'genomes: a tree needs at least 4 genomes, there are 3'],
    [{ genomes: fasta(['a', 'b', 'c', 'a']) }, 'genomes: each genome needs a name of its own, got "a" twice'],
    [{ genomes: `${fasta(['a', 'b', 'c'])}>d\nACGT\n` }, 'genomes: d: expected at least 300 bp, got 4'],
    [
      { genomes: `${fasta(['a', 'b', 'c'])}>d\n${genome(4)}LACGT\n` },
      'record 4 ("d"): "L" at position 401 is not an IUPAC DNA letter',
    ],
    [{ genomes: fasta(['a', 'b', 'c', 'd']), tree: '(a,b,c);' }, 'tree: the tree has no tip for d of genomes'],
    [{ tree: '(a,b,c);' }, 'tree: tree is given without genomes; name their FASTA file as the option genomes'],
  ])('that cannot be used are refused, case %#', async (files, message) => {
    await expect(run(files as Record<string, string>)).rejects.toThrow(message);
  });

  it('need no tree', async () => {
    const { numbers, sources, blocks } = await run({ genomes: fasta(['a', 'b', 'c', 'd', 'e']) });
    expect(sources).toEqual(['5 genomes of genomes, taken as circles.']);
    expect(numbers.map(({ row }) => row).filter((row) => row === 42)).toEqual([]);
    expect(blocks.some((block) => block.kind === 'figure' && block.svg.includes('>e</text>'))).toBe(true);
  });
});

describe('every fifth species', () => {
  const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: String(i), sequence: '' }));

  it('is held out, or the last of four', () => {
    const names = (count: number) => everyFifth(named(count)).heldOut.map(({ name }) => name);
    expect(names(12)).toEqual(['4', '9']);
    expect(names(4)).toEqual(['3']);
    expect(everyFifth(named(12)).known).toHaveLength(10);
  });

  it.skipIf(!process.env.HAIRPIN_DATA)('begins with the cow among the mammals', async () => {
    const input = await mirror.dataset('mito_mammals41', 'genomes.fasta.gz');
    const names = (await collectFasta(input!)).map(({ id, sequence }) => ({ name: id, sequence }));
    const { heldOut } = everyFifth(names.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    expect(heldOut.map(({ name }) => name).slice(0, 2)).toEqual(['Bos_taurus', 'Capricornis_swinhoei']);
    expect(heldOut).toHaveLength(8);
  });
});

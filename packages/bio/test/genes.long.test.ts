import { expect, it } from 'vitest';
import { CircularSequence, findOrfs, orfCandidates, translate } from '../src/index';
import type { Span } from '../src/index';
import { readEcoli } from './ecoli';
import { expectSameOrfs, orfKeys, readPhix } from './phix';
import { dataFolder } from './support';

it.skipIf(!dataFolder)('finds the same ORFs and all 11 genes of phiX174 in all 5 386 rotations', async () => {
  const { sequence, genes } = await readPhix();
  expect([sequence.length, genes.length]).toEqual([5386, 11]);
  const expected = orfKeys(findOrfs(sequence, { code: 11, isCircular: true }), 0, sequence.length);
  for (let by = 0; by < sequence.length; by++) expectSameOrfs(sequence, genes, expected, by);
});

it.skipIf(!dataFolder)('has 4 292 of the 4 301 annotated genes of E. coli among its candidates', async () => {
  const { sequence, genes } = await readEcoli();
  const keyOf = ({ start, end, strand }: Span) => `${start}..${end}${strand}`;
  const orfs = findOrfs(sequence, { code: 11, isCircular: true });
  const candidates = new Set(orfs.flatMap((orf) => orfCandidates(orf, sequence.length).map(keyOf)));
  const missing = genes.filter((gene) => !candidates.has(keyOf(gene)));
  expect([genes.length, missing.length]).toEqual([4301, 9]);
  // Three selenoproteins, which read through TGA, and the halves of three genes that shift their frame.
  const circle = new CircularSequence(sequence);
  const proteins = missing.map((gene) => translate(circle.extract(gene), { code: 11 }));
  expect(proteins.filter((protein) => protein.slice(0, -1).includes('*')).length).toBe(3);
});

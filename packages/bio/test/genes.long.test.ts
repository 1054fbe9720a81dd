import { expect, it } from 'vitest';
import { findOrfs } from '../src/index';
import { expectSameOrfs, orfKeys, readPhix } from './phix';
import { dataFolder } from './support';

it.skipIf(!dataFolder)('finds the same ORFs and all 11 genes of phiX174 in all 5 386 rotations', () => {
  const { sequence, genes } = readPhix();
  expect([sequence.length, genes.length]).toEqual([5386, 11]);
  const expected = orfKeys(findOrfs(sequence, { code: 11, isCircular: true }), 0, sequence.length);
  for (let by = 0; by < sequence.length; by++) expectSameOrfs(sequence, genes, expected, by);
});

import { distanceMatrix } from '@hairpin/bio';
import { expect, it } from 'vitest';
import { branchLengths } from '../src/nj/join';
import { textbookBranchLengths } from '../src/nj/textbook';

/** ((a: 1, b: 2): 3, (c: 4, d: 5)) by hand: the paths between its leaves. */
const paths = [[0, 3, 8, 9], [3, 0, 9, 10], [8, 9, 0, 9], [9, 10, 9, 0]]; // prettier-ignore

it('both ways to the tree that the benchmark compares find the branches that the distances come from', () => {
  const matrix = distanceMatrix([...'abcd'], (i, j) => paths[i][j]);
  for (const lengths of [branchLengths(matrix), textbookBranchLengths(matrix)])
    [1, 2, 3, 4, 5].forEach((length, i) => expect(lengths[i]).toBeCloseTo(length, 12));
});

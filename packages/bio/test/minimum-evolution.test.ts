import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distanceMatrix,
  minimumEvolution,
  neighborJoining,
  pathLengths,
  preorder,
  randomTree,
  readNewick,
  robinsonFoulds,
  taxaOf,
} from '../src/index';
import type { DistanceMatrix, Tree } from '../src/index';

/** The balanced length of a tree: Σ d(i, j)·2^(1 − branches between i and j) over all pairs (Pauplin 2000, eq. 9). */
function balancedLength(tree: Tree, { names, values }: DistanceMatrix): number {
  const counted = withLengths(tree, 1);
  const paths = pathLengths(counted);
  const n = names.length;
  const place = paths.names.map((name) => names.indexOf(name));
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) sum += values[place[i] * n + place[j]] * 2 ** (1 - paths.values[i * n + j]);
  return sum;
}

function withLengths({ length: _, children, ...node }: Tree, length: number): Tree {
  return { ...node, length, children: children.map((child) => withLengths(child, length)) };
}

/** Every tree that an exchange of two subtrees beside an inner branch makes. The root has three children. */
function neighbours(tree: Tree): Tree[] {
  const replaced = (node: Tree, old: Tree, by: Tree): Tree => (node === old ? by : { ...node, children: node.children.map((child) => replaced(child, old, by)) }); // prettier-ignore
  return preorder(tree).flatMap((parent) =>
    parent.children.flatMap((inner) => {
      if (inner.children.length === 0) return [];
      const [uncle, ...rest] = parent.children.filter((child) => child !== inner);
      return inner.children.map((moved) => {
        const stays = inner.children.filter((child) => child !== moved);
        const changed: Tree = { ...parent, children: [moved, { ...inner, children: [uncle, ...stays] }, ...rest] };
        return replaced(tree, parent, changed);
      });
    }),
  );
}

const noisy = (taxa: number, rng: Rng): DistanceMatrix => {
  const { names, values } = pathLengths(randomTree({ rng, taxa, meanLength: 1 }));
  return distanceMatrix(names, (i, j) => values[i * taxa + j] * (0.6 + 0.8 * rng.next()));
};

const totalLength = (tree: Tree) => preorder(tree).reduce((sum, { length = 0 }) => sum + length, 0);

describe('minimumEvolution', () => {
  it('returns the tree of an additive matrix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (taxa, seed) => {
        const tree = randomTree({ rng: new Rng(seed), taxa, meanLength: 1 });
        const found = robinsonFoulds(minimumEvolution(pathLengths(tree)), tree);
        expect(found.distance).toBe(0);
        expect(found.weighted).toBeLessThan(1e-9 * taxa);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('finds a tree that no exchange of subtrees makes shorter, and is never longer than its start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 14 }), fc.nat(), (taxa, seed) => {
        const rng = new Rng(seed);
        const matrix = noisy(taxa, rng);
        const start = seed % 2 === 0 ? neighborJoining(matrix) : randomTree({ rng, taxa: matrix.names });
        const found = minimumEvolution(matrix, { start });
        const length = balancedLength(found, matrix);
        expect([...taxaOf(found)].sort()).toEqual([...matrix.names].sort());
        expect(length).toBeLessThanOrEqual(balancedLength(start, matrix) + 1e-9);
        for (const other of neighbours(found)) expect(length).toBeLessThanOrEqual(balancedLength(other, matrix) + 1e-9);
        expect(totalLength(found)).toBeCloseTo(length, 9); // the branch lengths add up to Pauplin's sum
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  it('takes many taxa', () => {
    const matrix = noisy(150, new Rng(5));
    const joined = neighborJoining(matrix);
    expect(balancedLength(minimumEvolution(matrix), matrix)).toBeLessThan(balancedLength(joined, matrix));
  });

  it('says what is wrong with a start', () => {
    const matrix = distanceMatrix(['a', 'b', 'c', 'd', 'e'], () => 1);
    const start = (text: string) => ({ start: readNewick(text)[0] });
    expect(() => minimumEvolution(matrix, start('(a,b,c,d);'))).toThrow('expected a start on the names of the matrix');
    expect(() => minimumEvolution(matrix, start('((a,b,c),d,e);'))).toThrow('every inner node has three branches');
    expect(() => minimumEvolution(matrix, start('(a,b,c,d,e);'))).toThrow('every inner node has three branches');
  });
});

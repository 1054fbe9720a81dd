import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distanceMatrix,
  distanceMatrixFrom,
  FormatError,
  leavesOf,
  neighborJoining,
  pathLengths,
  preorder,
  randomTree,
  readNewick,
  readPhylipDistances,
  taxaOf,
  upgma,
  wpgma,
  writeNewick,
  writePhylipDistances,
} from '../src/index';
import type { DistanceMatrix, Tree } from '../src/index';
import { readDamagedDistances } from './damaged-trees';
import { dataFolder, dataPath, MUTATIONS } from './support';

/** The largest difference between the path lengths of two trees on the same taxa. */
function pathDifference(a: Tree, b: Tree): number {
  const [x, y] = [pathLengths(a), pathLengths(b)];
  expect([...y.names].sort()).toEqual([...x.names].sort());
  const place = x.names.map((name) => y.names.indexOf(name));
  const n = x.names.length;
  return Math.max(
    ...x.values.map((value, at) => Math.abs(value - y.values[place[Math.floor(at / n)] * n + place[at % n]])),
  );
}

/** The non-trivial splits of a tree, each as the names on the side without the first taxon in alphabetical order. */
function splitsOf(tree: Tree): Set<string> {
  const all = taxaOf(tree).sort();
  const sides = preorder(tree).map((node) => taxaOf(node).sort());
  const small = sides.map((side) => (side.includes(all[0]) ? all.filter((name) => !side.includes(name)) : side));
  return new Set(small.filter((side) => side.length > 1 && side.length < all.length - 1).map((side) => side.join(' ')));
}

const textbook = distanceMatrixFrom(['a', 'b', 'c', 'd', 'e'], [[], [5], [9, 10], [9, 10, 8], [8, 9, 7, 3]]);

describe('neighborJoining', () => {
  it('gives the tree of the textbook', () => {
    // First Q(a, b) = 3·5 − 31 − 34 = −50, the least; a: 5/2 + (31 − 34)/6 = 2, b: 3; then (c: 4, u: 3), d: 2, e: 1 around
    expect(writeNewick(neighborJoining(textbook))).toBe('(((a:2,b:3):3,c:4):2,d:2,e:1);');
  });

  it('takes the first of equal pairs, whatever the size', () => {
    const equal = distanceMatrix(['a', 'b', 'c', 'd', 'e'], () => 2);
    expect(writeNewick(neighborJoining(equal))).toBe('(((a:1,b:1):0,c:1):0,d:1,e:1);');
  });

  it('joins one, two and three', () => {
    expect(writeNewick(neighborJoining(distanceMatrixFrom(['a'], [[0]])))).toBe('a;');
    expect(writeNewick(neighborJoining(distanceMatrixFrom(['a', 'b'], [[], [3]])))).toBe('(a:1.5,b:1.5);');
    expect(writeNewick(neighborJoining(distanceMatrixFrom(['a', 'b', 'c'], [[], [3], [2, 3]])))).toBe('(a:1,b:2,c:1);');
  });

  it('leaves the matrix as it is', () => {
    const before = textbook.values.slice();
    neighborJoining(textbook);
    expect(textbook.values).toEqual(before);
  });

  it('returns the tree of an additive matrix, up to 200 taxa', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 200 }), fc.nat(), (taxa, seed) => {
        const tree = randomTree({ rng: new Rng(seed), taxa, meanLength: 1 });
        const found = neighborJoining(shuffled(pathLengths(tree), new Rng(seed)));
        expect(splitsOf(found)).toEqual(splitsOf(tree));
        expect(pathDifference(found, tree)).toBeLessThan(1e-9 * taxa); // the rounding of n sums of n numbers near n
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it.skipIf(!dataFolder)('gives the reference trees', () => {
    const { cases } = JSON.parse(readFileSync(dataPath('nj_reference/nj_cases.json'), 'utf8')) as {
      cases: Reference[];
    };
    expect(cases.length).toBe(5);
    for (const { name, ids, matrix, newick } of cases) {
      if (!newick) continue;
      const [tree, expected] = [neighborJoining(distanceMatrixFrom(ids, matrix)), readNewick(newick)[0]];
      expect(splitsOf(tree), name).toEqual(splitsOf(expected));
      expect(pathDifference(tree, expected), name).toBeLessThan(name.startsWith('phylip') ? 5e-5 : 1e-6); // five decimals
    }
    const { ids, matrix } = cases.find(({ name }) => name === 'negative_branch_possible')!;
    const lengths = (options = {}) =>
      Object.fromEntries(leavesOf(neighborJoining(distanceMatrixFrom(ids, matrix), options)).map((leaf) => [leaf.name, leaf.length!])); // prettier-ignore
    const { a, b, c, d, e } = lengths();
    expect([a > 0, b < 0, c < 0, d < 0, e > 0]).toEqual([true, true, true, true, true]);
    expect(Object.values(lengths({ negativeToZero: true })).every((length) => length >= 0)).toBe(true);
  });

  it('says what is wrong with a matrix', () => {
    const broken = (at: number, value: number): DistanceMatrix => ({
      ...textbook,
      values: textbook.values.with(at, value),
    });
    expect(() => neighborJoining(broken(0, 1))).toThrow('neighborJoining: distance from a to a: expected 0, got 1');
    expect(() => neighborJoining(broken(5, 6))).toThrow(
      'distance from b to a: expected one number both ways, got 6 and 5',
    );
    expect(() => neighborJoining(broken(5, NaN))).toThrow('distance from b to a: expected a finite number, got NaN');
    expect(() => neighborJoining(broken(10, Infinity))).toThrow(
      'distance from c to a: expected a finite number, got Infinity',
    );
    expect(() => neighborJoining({ names: [], values: new Float64Array() })).toThrow(
      'expected at least one name, got none',
    );
    expect(() => neighborJoining({ names: ['a'], values: new Float64Array(2) })).toThrow('expected 1 × 1 distances');
    expect(() => distanceMatrixFrom(['a', 'b'], [[0, 1], [1]])).toThrow('or a lower triangle, got rows of 2, 1');
  });
});

interface Reference {
  readonly name: string;
  readonly ids: string[];
  readonly matrix: number[][];
  readonly newick?: string;
}

function shuffled({ names, values }: DistanceMatrix, rng: Rng): DistanceMatrix {
  const order = rng.shuffle([...names.keys()]);
  return distanceMatrix(order.map((i) => names[i]), (i, j) => values[order[i] * names.length + order[j]]); // prettier-ignore
}

describe('upgma', () => {
  it('joins at half the mean distance', () => {
    // d, e at 1.5; a, b at 2.5; {d, e}–c at (8 + 7)/2/2 = 3.75; {a, b}–{c, d, e} at (9+9+8+10+10+9)/6/2 = 55/12
    const tree = upgma(textbook);
    expect(splitsOf(tree)).toEqual(new Set(['d e', 'c d e']));
    const { names, values } = pathLengths(tree);
    const between = (x: string, y: string) => values[names.indexOf(x) * 5 + names.indexOf(y)];
    expect([between('d', 'e'), between('a', 'b'), between('c', 'd'), between('c', 'e')]).toEqual([3, 5, 7.5, 7.5]);
    expect(between('a', 'c')).toBeCloseTo(55 / 6, 12);
    expect(between('b', 'e')).toBeCloseTo(55 / 6, 12);
    // Weighing clusters: {d, e} to a and b 8.5 and 9.5, to {a, b} 9; c to {a, b} 9.5; {c, d, e} to {a, b} (9.5 + 9)/2
    expect(pathLengths(wpgma(textbook)).values[names.indexOf('a') * 5 + names.indexOf('c')]).toBe(9.25);
  });

  it('returns every tree whose leaves are equally deep', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (taxa, seed) => {
        const tree = coalescent(taxa, new Rng(seed));
        const found = upgma(shuffled(pathLengths(tree), new Rng(seed)));
        expect(splitsOf(found)).toEqual(splitsOf(tree));
        expect(pathDifference(found, tree)).toBeLessThan(1e-12 * taxa);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it.skipIf(!dataFolder)('of clusters (WPGMA) and neighbour joining give the reference trees of an alignment', () => {
    const folder = 'nj_reference/';
    const { alignment_example: example } = JSON.parse(
      readFileSync(dataPath(`${folder}nj_cases.json`), 'utf8'),
    ) as Example;
    const matrix = distanceMatrixFrom(example.ids, example.lower_triangle);
    // The file that is called UPGMA there weighs clusters, not members: E and D to A, B and G is (0.643 + 0.490) / 2, not the
    // mean of six distances. That is WPGMA.
    const found = { nj: neighborJoining(matrix), upgma: wpgma(matrix) };
    for (const [name, tree] of Object.entries(found)) {
      const [expected] = readNewick(readFileSync(dataPath(`${folder}biopython_${name}.tre`), 'utf8'));
      expect(splitsOf(tree), name).toEqual(splitsOf(expected));
      expect(pathDifference(tree, expected), name).toBeLessThan(5e-5); // five decimals, and few branches on a path
    }
  });
});

interface Example {
  readonly alignment_example: { readonly ids: string[]; readonly lower_triangle: number[][] };
}

/** Random clusters joined at growing heights. */
function coalescent(taxa: number, rng: Rng): Tree {
  const clusters = Array.from({ length: taxa }, (_, i) => ({
    tree: { name: `t${i}`, children: [] } as Tree,
    height: 0,
  }));
  for (let height = 1; clusters.length > 1; height += 0.1 + rng.next()) {
    const children = [0, 1].map(() => {
      const [{ tree, height: own }] = clusters.splice(rng.integer(clusters.length), 1);
      return { ...tree, length: height - own };
    });
    clusters.push({ tree: { name: '', children }, height });
  }
  return clusters[0].tree;
}

describe('readPhylipDistances', () => {
  const expected = { names: ['a', 'b', 'c'], values: Float64Array.of(0, 1, 2.5, 1, 0, 3, 2.5, 3, 0) };
  const cases: Record<string, string> = {
    'whole rows': '3\na 0 1 2.5\nb 1 0 3\nc 2.5 3 0\n',
    'a lower triangle': '  3\na\nb 1\nc 2.5 3\n',
    'a lower triangle with its diagonal': '3\r\na 0\r\nb 1 0\r\nc 2.5 3 0',
    'rows over several lines': '3\na 0 1\n 2.5\nb 1\n\n 0 3\nc 2.5 3 0',
    'tabs, exponents, blank lines': '\n3\n\na\t0\t1e0\t.25E+1\nb\t1.\t0.0\t3\nc\t2.5\t3\t-0\n\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`reads ${name}`, () => {
      const { names, values } = readPhylipDistances(text);
      expect(names).toEqual(expected.names);
      expect([...values].map(Math.abs)).toEqual([...expected.values]);
    });
  }

  it('reads names with spaces, and names of ten columns that touch the numbers', () => {
    expect(readPhylipDistances('2\nHomo  sapiens 0 1\nPan 1 0\n').names).toEqual(['Homo sapiens', 'Pan']);
    const strict = readPhylipDistances('2\nTaxon 1   0.0 1.5\nABCDEFGHIJ1.5 0.0\n', { names: 'strict' });
    expect(strict).toEqual({ names: ['Taxon 1', 'ABCDEFGHIJ'], values: Float64Array.of(0, 1.5, 1.5, 0) });
  });

  const errors: [text: string, message: string][] = [
    ['', 'd.phy:1:1: expected the number of taxa, got the end of the file'],
    ['x\n', 'd.phy:1:1: expected the number of taxa alone, got "x"'],
    ['5 13\n', 'd.phy:1:1: expected the number of taxa alone, got "5 13"'],
    ['900\na 0\n', 'd.phy:1:1: expected 900 taxa, but the file has 3 lines'],
    ['2\na 0 1\n', 'd.phy:3:1: expected row 2 of 2, got the end of the file'],
    ['2\na 0 1\nb 1\n', 'd.phy:4:1: expected 2 distances of "b", got the end of the file'],
    ['2\na 0 1\nb 1 0 7\n', 'd.phy:3:7: expected 2 distances of "b", got 3'],
    ['2\na 0 1\nb 1 x\n', 'd.phy:3:5: expected a distance of "b", got "x"'],
    ['2\na 0 1\nb 2 0\n', 'd.phy:3:3: expected 1, as the other way round, got "2"'],
    ['2\na 0 1\nb 1 4\n', 'd.phy:3:5: expected 0, the distance to itself, got "4"'],
    ['2\na\nb 1\nc 2 3\n', 'd.phy:4:1: expected the end of the file after 2 rows, got "c"'],
  ];
  for (const [text, message] of errors) {
    it(`says ${message}`, () => {
      expect(() => readPhylipDistances(text, { source: 'd.phy' })).toThrow(FormatError);
      expect(() => readPhylipDistances(text, { source: 'd.phy' })).toThrow(message);
    });
  }

  it('reads what was written, to the last digit', () => {
    const name = fc.stringMatching(/^[A-Za-z_]{1,8}( [a-z]{1,5})?$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), fc.nat(), (names, seed) => {
        const rng = new Rng(seed);
        const matrix = distanceMatrix(names, () => rng.next() * 10 ** (rng.integer(9) - 4));
        expect(readPhylipDistances(writePhylipDistances(matrix))).toEqual(matrix);
        const strict = { ...matrix, names: names.map((_, i) => `taxon ${i}`) };
        expect(readPhylipDistances(writePhylipDistances(strict, { names: 'strict' }), { names: 'strict' })).toEqual(
          strict,
        );
      }),
      { seed: 4, numRuns: 200 },
    );
    expect(() => writePhylipDistances(distanceMatrix(['a 1', 'b'], () => 1))).toThrow('"a 1" would not be read back');
    const alike = distanceMatrix(['American_Black', 'American_Brown'], () => 1);
    expect(() => writePhylipDistances(alike, { names: 'strict' })).toThrow(
      '"American_Brown" cut to ten columns occurs twice',
    );
  });

  it(`reads or refuses ${MUTATIONS} damaged matrices`, () => readDamagedDistances(MUTATIONS));

  it.skipIf(!dataFolder)("reads alfpy's distances of bears", () => {
    const text = readFileSync(dataPath('nj_reference/alfpy_bears.dna.fasta.phylip'), 'utf8');
    const { names, values } = readPhylipDistances(text);
    expect([names.length, names[2], names[10]]).toEqual([11, 'Spectacled', 'Crocodilia']);
    expect([values[1], values[11 * 2 + 4], values[11 * 10 + 9]]).toEqual([0.6865672, 0.1197605, 0.8219634]);
    expect(readPhylipDistances(text, { names: 'strict' }).values).toEqual(values);
  });
});

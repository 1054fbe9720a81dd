import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapColumns,
  bootstrapSupport,
  bootstrapTrees,
  copheneticCorrelation,
  distanceMatrix,
  distanceMatrixFrom,
  leavesOf,
  majorityConsensus,
  mantelTest,
  midpointRoot,
  neighborJoining,
  pathLengths,
  preorder,
  pruneTo,
  randomTree,
  readNewick,
  robinsonFoulds,
  rootByOutgroup,
  taxaOf,
  unroot,
  upgma,
  writeNewick,
} from '../src/index';
import type { DistanceMatrix, Tree } from '../src/index';
import { dataFolder, dataPath } from './support';

const parse = (text: string) => readNewick(text)[0];
const random = (taxa: number | readonly string[], seed: number) =>
  randomTree({ rng: new Rng(seed), taxa, meanLength: 1 });

/** Sizes and seeds of random trees. */
const sizes = fc.integer({ min: 3, max: 30 });

function expectSamePaths(a: DistanceMatrix, b: DistanceMatrix): void {
  expect([...b.names].sort()).toEqual([...a.names].sort());
  const n = a.names.length;
  const place = a.names.map((name) => b.names.indexOf(name));
  const worst = a.values.map((value, at) => Math.abs(value - b.values[place[Math.floor(at / n)] * n + place[at % n]]));
  expect(Math.max(...worst)).toBeLessThan(1e-12 * n);
}

describe('pruneTo', () => {
  it('joins the branches that are left', () => {
    expect(writeNewick(pruneTo(parse('((a:1,b:2)x:3,(c:4,(d:5,e:6):7):8)r;'), ['a', 'd', 'e']))).toBe(
      '(a:4,(d:5,e:6):15)r;',
    );
    expect(writeNewick(pruneTo(parse('((a:1,b:2)x:3,c:4);'), ['b']))).toBe('b:5;');
    expect(() => pruneTo(parse('(a,b);'), ['x'])).toThrow('none of the taxa is in the tree');
  });

  it('keeps the paths between the taxa that stay', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (taxa, seed) => {
        const tree = random(taxa, seed);
        const rng = new Rng(seed);
        const kept = taxaOf(tree).filter((_, i) => i < 2 || rng.integer(2) === 0);
        const all = pathLengths(tree);
        const indices = kept.map((name) => all.names.indexOf(name));
        const expected = distanceMatrix(kept, (i, j) => all.values[indices[i] * taxa + indices[j]]);
        expectSamePaths(pathLengths(pruneTo(tree, kept)), expected);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('robinsonFoulds', () => {
  it('counts splits, worked out by hand', () => {
    const [a, b] = ['((a:1,b:2):3,(c:4,d:5):6,e:7);', '((a:1,c:2):3,(b:4,d:5):6,e:7);'].map(parse);
    // ab|cde and cd|abe against ac|bde and bd|ace: 4 of 4 differ; 3 + 6 + 3 + 6, and b 2|4, c 4|2
    expect(robinsonFoulds(a, b)).toMatchObject({ distance: 4, normalized: 1, weighted: 22, shared: 0, splits: [2, 2] });
    expect(robinsonFoulds(a, a)).toMatchObject({ distance: 0, normalized: 0, weighted: 0, shared: 2 });
    const half = parse('((a:1,b:2):1,c:4,d:5,e:9);');
    // cd|abe is missing: 1 of 3; 6, and ab 3|1, e 7|9
    expect(robinsonFoulds(a, half)).toMatchObject({ distance: 1, normalized: 1 / 3, weighted: 10, splits: [2, 1] });
  });

  it('does not see the root unless told to', () => {
    const [a, b] = ['(((a:1,b:1):1,c:2):2,d:4);', '((a:1,b:1):0.5,(c:2,d:6):0.5);'].map(parse);
    expect(robinsonFoulds(a, b)).toMatchObject({ distance: 0, weighted: 0, shared: 1 }); // ab|cd; the root's branches add up
    expect(robinsonFoulds(a, b, { isRooted: true })).toMatchObject({ distance: 2, normalized: 0.5, shared: 1 }); // abc, cd
  });

  it('compares on the taxa that both have', () => {
    const a = parse('(((a,x),b),((c,y),(d,e)));');
    const b = parse('((a,(b,z)),(c,(d,e)));');
    const result = robinsonFoulds(a, b);
    expect(result).toMatchObject({ distance: 0, splits: [2, 2], taxa: ['a', 'b', 'c', 'd', 'e'] });
    expect(() => robinsonFoulds(parse('(a,b);'), parse('(c,d);'))).toThrow('no taxon in common');
    expect(() => robinsonFoulds(parse('(a,a);'), parse('(a,d);'))).toThrow('two leaves are named "a"');
  });

  it('is 1 of no splits at all, as in scikit-bio', () => {
    expect(robinsonFoulds(parse('(a,b,c);'), parse('(c,b,a);'))).toMatchObject({ distance: 0, normalized: 1 });
  });

  it('is a metric, at most 2(n − 3), and blind to the order of leaves and the place of the root', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (taxa, seed) => {
        const [a, b, c] = [0, 1, 2].map((i) => random(taxa, seed + i));
        const [ab, ba, bc, ac] = [
          robinsonFoulds(a, b),
          robinsonFoulds(b, a),
          robinsonFoulds(b, c),
          robinsonFoulds(a, c),
        ];
        expect([ab.distance, ab.splits]).toEqual([ba.distance, [taxa - 3, taxa - 3]]);
        expect(ab.weighted).toBeCloseTo(ba.weighted, 9);
        expect(ab.distance).toBeLessThanOrEqual(2 * (taxa - 3));
        expect(ac.distance).toBeLessThanOrEqual(ab.distance + bc.distance);
        expect(ac.weighted).toBeLessThanOrEqual(ab.weighted + bc.weighted + 1e-9);
        const turned = rootByOutgroup(a, [taxaOf(a)[seed % taxa]]);
        expect(robinsonFoulds(a, turned).distance).toBe(0);
        expect(robinsonFoulds(a, turned).weighted).toBeLessThan(1e-9);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('tells ladders of 5 000 taxa apart by one exchange', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `t${i}`);
    const ladder = (order: readonly string[]) => parse(`${'('.repeat(4999)}${order[0]}${order.slice(1).map((name) => `,${name})`).join('')};`); // prettier-ignore
    const exchanged = [...names];
    [exchanged[500], exchanged[501]] = [names[501], names[500]];
    expect(robinsonFoulds(ladder(names), ladder(exchanged))).toMatchObject({ distance: 2, splits: [4997, 4997] });
  });
});

describe('rooting', () => {
  it('dissolves a root with two children', () => {
    expect(writeNewick(unroot(parse('((a:1,b:2)0.9:3,(c:4,d:5)e:6)r:9;')))).toBe('(a:1,b:2,(c:4,d:5)e:9)r;');
    expect(writeNewick(unroot(parse('(a:1,(b:2,c:3):4);')))).toBe('(a:5,b:2,c:3);');
    expect(writeNewick(unroot(parse('((a:1,(b:2):3):1,c:1,d:1);')))).toBe('((a:1,b:5):1,c:1,d:1);');
    expect(writeNewick(unroot(parse('(a:1,b:2);')))).toBe('(a:1,b:2);');
  });

  it('finds the middle of the longest path', () => {
    // b to d: 2 + 2 + 1 + 4 + 3 = 12, of which 6 from d: 3 below the branch of y
    const tree = parse('((a:1,(b:2,c:1):2)x:1,(d:3,e:1,f:1)y:4);');
    expect(writeNewick(midpointRoot(tree))).toBe('((d:3,e:1,f:1)y:3,(a:1,(b:2,c:1):2):2);');
    expect(writeNewick(midpointRoot(parse('(a:1,b:3);')))).toBe('(b:2,a:2);');
    expect(writeNewick(midpointRoot(parse('a;')))).toBe('a;');
  });

  it('moves supports with their branches', () => {
    const tree = readNewick('(((a:1,b:1)90:1,c:1)80:1,d:1,e:1);', { innerNumbers: 'support' })[0];
    const rooted = rootByOutgroup(tree, ['a']); // {a, b} is now seen from b, c, d, e
    expect(writeNewick(rooted)).toBe('(a:0.5,(b:1,(c:1,(d:1,e:1)80:1)90:1):0.5);');
  });

  it('puts the root between the outgroup and the rest', () => {
    const tree = parse('((a:1,b:2):3,(c:4,d:5):6,e:7);');
    expect(writeNewick(rootByOutgroup(tree, ['d', 'c']))).toBe('((c:4,d:5):3,((a:1,b:2):3,e:7):3);');
    expect(writeNewick(rootByOutgroup(tree, ['e', 'a', 'b']))).toBe('((c:4,d:5):3,((a:1,b:2):3,e:7):3);');
    expect(writeNewick(rootByOutgroup(parse('((a,b),c,d);'), ['c']))).toBe('(c,((a,b),d));');
    expect(() => rootByOutgroup(tree, ['a', 'c'])).toThrow('no branch separates a, c from all other taxa');
    expect(() => rootByOutgroup(tree, ['x'])).toThrow('"x" is not in the tree');
    expect(() => rootByOutgroup(tree, [])).toThrow('expected 1 to 4 of the 5 taxa, got 0');
  });

  it('keeps every path, and the two farthest leaves are as far from the middle', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (taxa, seed) => {
        const tree = random(taxa, seed);
        const paths = pathLengths(tree);
        const rooted = midpointRoot(tree);
        expectSamePaths(pathLengths(rooted), paths);
        expectSamePaths(pathLengths(rootByOutgroup(tree, [paths.names[0]])), paths);
        const [left, right] = rooted.children.map((child) => Math.max(...depths(child)));
        expect(left).toBeCloseTo(Math.max(...paths.values) / 2, 9);
        expect(right).toBeCloseTo(left, 9);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('works on a ladder of 20 000 taxa', () => {
    const ladder = parse(
      `${'('.repeat(19_999)}t0:1${Array.from({ length: 19_999 }, (_, i) => `,t${i + 1}:1):1`).join('')};`,
    );
    const rooted = midpointRoot(ladder);
    expect(rooted.children.map((child) => Math.max(...depths(child)))).toEqual([10_000, 10_000]); // (19 998 + 2) / 2
    expect(leavesOf(rooted).length).toBe(20_000);
  });
});

/** How far the leaves are from the end of the branch above a tree. */
function depths(tree: Tree): number[] {
  const far: number[] = [];
  const waiting = [{ node: tree, depth: tree.length ?? 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    if (node.children.length === 0) far.push(depth);
    for (const child of node.children) waiting.push({ node: child, depth: depth + (child.length ?? 0) });
  }
  return far;
}

describe('majorityConsensus', () => {
  it('keeps what more than half of the trees have', () => {
    // ab is in 2 of 3, abc|de in all, ac in 1
    const trees = [
      '((a:1,b:1):1,c:1,(d:1,e:1):2);',
      '((a:3,b:1):3,c:1,(d:1,e:1):2);',
      '((a:2,c:1):1,b:1,(d:1,e:1):5);',
    ].map(parse);
    const tree = majorityConsensus(trees);
    const splits = preorder(tree).filter(({ support }) => support !== undefined);
    expect(splits.map((node) => [taxaOf(node).join(''), node.support, node.length])).toEqual([
      ['cde', 2 / 3, 2],
      ['de', 1, 3],
    ]);
    expect(robinsonFoulds(tree, trees[0]).distance).toBe(0);
    expect(leavesOf(tree).find(({ name }) => name === 'a')!.length).toBe(2);
    expect(writeNewick(majorityConsensus(trees, { threshold: 0.7 }))).toBe('(a:2,b:1,c:1,(d:1,e:1)1:3);');
  });

  it('of rooted trees has sets of taxa', () => {
    const trees = ['((a,b),(c,d));', '((a,b),(c,d));', '(a,(b,(c,d)));'].map(parse);
    expect(writeNewick(majorityConsensus(trees, { isRooted: true }))).toBe('((a,b)0.6666666666666666,(c,d)1);');
  });

  it('of one tree, many times, is that tree; of trees with nothing in common a star', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (taxa, seed) => {
        const tree = random(taxa, seed);
        const consensus = majorityConsensus([tree, tree, tree]);
        expect(robinsonFoulds(consensus, tree)).toMatchObject({ distance: 0, splits: [taxa - 3, taxa - 3] });
        expect(robinsonFoulds(consensus, tree).weighted).toBeLessThan(1e-9);
      }),
      { seed: 5, numRuns: 50 },
    );
    expect(writeNewick(majorityConsensus(['((a,b),c,d);', '((a,c),b,d);', '((a,d),b,c);'].map(parse)))).toBe(
      '(a,b,c,d);',
    );
  });

  it('is as near to its trees as any of them', () => {
    // The majority-rule tree is a median tree (Barthélemy & McMorris 1986): no tree has a smaller sum of RF distances.
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 8 }), fc.nat(), (taxa, seed) => {
        const trees = Array.from({ length: 5 }, (_, i) => random(taxa, seed * 5 + i));
        const total = (tree: Tree) => trees.reduce((sum, other) => sum + robinsonFoulds(tree, other).distance, 0);
        const consensus = total(majorityConsensus(trees));
        for (const tree of [...trees, random(taxa, seed + 999)]) expect(consensus).toBeLessThanOrEqual(total(tree));
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('says what is wrong', () => {
    expect(() => majorityConsensus([])).toThrow('expected at least one tree, got none');
    expect(() => majorityConsensus(['(a,b);', '(a,c);'].map(parse))).toThrow('tree 2 has other taxa than the first');
    expect(() => majorityConsensus([parse('(a,b);')], { threshold: 0.4 })).toThrow(
      'threshold from 0.5 to below 1, got 0.4',
    );
  });
});

describe('bootstraps', () => {
  it('draws whole columns', () => {
    const rows = ['ACGTACGTAA', 'acgtacgtaa'];
    const [upper, lower] = bootstrapColumns(rows, new Rng(1));
    expect(upper.length).toBe(10);
    expect(upper.toLowerCase()).toBe(lower);
    expect(upper).not.toBe(rows[0]);
    expect(() => bootstrapColumns(['AC', 'A'], new Rng(1))).toThrow('row 2 has 1 columns, the first has 2');
  });

  it('draws each column as often', () => {
    const rng = new Rng(2);
    const counts = new Map([...'ABCDEFGH'].map((letter) => [letter, 0]));
    for (let i = 0; i < 1000; i++) for (const letter of bootstrapColumns(['ABCDEFGH'], rng)[0]) counts.set(letter, counts.get(letter)! + 1); // prettier-ignore
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000 * (7 / 8)));
  });

  it('gives each inner branch the share of the replicates that have it', () => {
    const tree = parse('(((a:1,b:1)x:1,c:1):1,(d:1,e:1):1);');
    const replicates = ['((a,b),c,(d,e));', '((a,b),d,(c,e));', '((a,c),b,(d,e));', '((a,b),c,(d,e));'].map(parse);
    const supported = bootstrapSupport(tree, replicates);
    // ab in 3 of 4; both branches at the root are de|abc, in 3 of 4
    expect(preorder(supported).map(({ support }) => support)).toEqual([undefined, 0.75, 0.75, undefined, undefined, undefined, 0.75, undefined, undefined]); // prettier-ignore
    expect(taxaOf(supported)).toEqual(taxaOf(tree));
    expect(() => bootstrapSupport(tree, [parse('(a,b);')])).toThrow('replicate 1 has other taxa than the tree');
    expect(() => bootstrapSupport(tree, [])).toThrow('expected at least one replicate, got none');
  });

  it('supports what the columns say', () => {
    const rows = { a: 'AAAAAAAAAACC', b: 'AAAAAAAAAACG', c: 'CCCCCCCCCCCA', d: 'CCCCCCCCCCCT', e: 'GGGGGCCCCCTT' };
    const names = Object.keys(rows);
    const build = (sample: string[]) => neighborJoining(distanceMatrix(names, (i, j) => [...sample[i]].filter((letter, at) => letter !== sample[j][at]).length)); // prettier-ignore
    const trees = bootstrapTrees(Object.values(rows), build, { replicates: 50, rng: new Rng(4) });
    const tree = bootstrapSupport(build(Object.values(rows)), trees);
    expect(trees.length).toBe(50);
    const ab = preorder(tree).find((node) => ['ab', 'cde'].includes(taxaOf(node).sort().join('')))!;
    expect(ab.support).toBe(1); // ten of twelve columns
  });
});

describe('matrices beside trees', () => {
  const matrix = distanceMatrixFrom(['a', 'b', 'c'], [[], [1], [2, 4]]);

  it('correlate, worked out by hand', () => {
    // Pairs ab, ac, bc: 1 2 4 and 2 2 6 (in another order of names), means 7/3 and 10/3: covariance 12 − 70/9 = 20/3 …
    const other = distanceMatrixFrom(['c', 'b', 'a'], [[], [6], [2, 2]]);
    const r = (1 * 2 + 2 * 2 + 4 * 6 - (7 * 10) / 3) / Math.sqrt((21 - 49 / 3) * (44 - 100 / 3));
    expect(mantelTest(matrix, other, { rng: new Rng(1), permutations: 9 }).r).toBeCloseTo(r, 12);
    // UPGMA: a, b at ½, c at 1.5: paths 1 3 3
    const cophenetic = (1 * 1 + 2 * 3 + 4 * 3 - 7 * (7 / 3)) / Math.sqrt((21 - 49 / 3) * (19 - 49 / 3));
    expect(copheneticCorrelation(upgma(matrix), matrix)).toBeCloseTo(cophenetic, 12);
  });

  it("have the correlation of scikit-bio's example", () => {
    const x = distanceMatrixFrom(['a', 'b', 'c'], [[], [1], [2, 3]]);
    const y = distanceMatrixFrom(['a', 'b', 'c'], [[], [2], [7, 6]]);
    expect(mantelTest(x, y, { rng: new Rng(1) }).r).toBeCloseTo(0.7559, 4); // its manual; 4 / √(2 · 14)
  });

  it('of a tree that fits have a correlation of 1', () => {
    const paths = pathLengths(random(20, 3));
    expect(copheneticCorrelation(neighborJoining(paths), paths)).toBeCloseTo(1, 12);
    expect(mantelTest(paths, paths, { rng: new Rng(1), permutations: 99 }).p).toBe(0.01);
  });

  it('that have nothing to do with each other have a p-value that is uniform', () => {
    const rng = new Rng(6);
    const draw = () => distanceMatrix(['a', 'b', 'c', 'd', 'e', 'f', 'g'], () => rng.next());
    const values = Array.from({ length: 300 }, () => mantelTest(draw(), draw(), { rng, permutations: 39 }).p);
    const below = (bound: number) => values.filter((p) => p <= bound).length / values.length;
    for (const bound of [0.1, 0.25, 0.5, 0.75]) expect(Math.abs(below(bound) - bound)).toBeLessThan(4 * Math.sqrt((bound * (1 - bound)) / 300)); // prettier-ignore
  });

  it('have one-sided tests, too', () => {
    const opposite = distanceMatrix(matrix.names, (i, j) => 5 - matrix.values[i * 3 + j]);
    const test = (alternative: 'greater' | 'less') =>
      mantelTest(matrix, opposite, { rng: new Rng(1), permutations: 199, alternative });
    expect(test('less').r).toBeCloseTo(-1, 12);
    expect(test('greater').p).toBe(1);
    expect(test('less').p).toBeLessThan(0.5); // of the six orders, only the one found is as low: about a sixth
    expect(test('less').p).toBeGreaterThan(0.08);
  });

  it('that are constant have none', () => {
    const flat = distanceMatrix(['a', 'b', 'c'], () => 2);
    expect(mantelTest(flat, matrix, { rng: new Rng(1) })).toEqual({ r: NaN, p: NaN });
  });

  it('must have the same names', () => {
    const other = distanceMatrix(['a', 'b', 'x'], () => 1);
    expect(() => mantelTest(matrix, other, { rng: new Rng(1) })).toThrow('got "c" on one side only');
    expect(() => copheneticCorrelation(parse('(a,b,c,d);'), matrix)).toThrow('got 3 and 4 names');
  });
});

it('randomTree makes every shape as often', () => {
  const counts = new Map<string, number>();
  const rng = new Rng(8);
  for (let i = 0; i < 15_000; i++) {
    const tree = rootByOutgroup(randomTree({ rng, taxa: ['a', 'b', 'c', 'd', 'e'] }), ['a']);
    const shape = preorder(tree).map((node) => taxaOf(node).sort().join('')).sort().join(' '); // prettier-ignore
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  expect(counts.size).toBe(15); // 1 · 3 · 5 unrooted trees of five taxa
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(chiSquare).toBeLessThan(14 + 4 * Math.sqrt(28) + 8); // p below about 1e-4, fixed seed
});

it.skipIf(!dataFolder)('the mammals have 35 splits', () => {
  const tree = readNewick(readFileSync(dataPath('mito_mammals41/reference_tree.nwk'), 'utf8'))[0];
  expect(robinsonFoulds(tree, tree)).toMatchObject({ distance: 0, splits: [35, 35] });
});

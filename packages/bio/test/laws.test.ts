import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angularDistance,
  basePairs,
  bootstrapColumns,
  bootstrapSupport,
  bootstrapTrees,
  CircularSequence,
  clusterBySimilarity,
  codonCounts,
  copheneticCorrelation,
  cosineDistance,
  cumulativeGcSkew,
  distanceMatrix,
  distanceMatrixFrom,
  estimateReplication,
  euclideanDistance,
  foldTree,
  gcSkew,
  geneContext,
  geneticCode,
  geneticCodes,
  geodesicDistances,
  gtr,
  hky85,
  jaccardIndex,
  joinSpans,
  k80,
  kmerFrequencies,
  leakageOf,
  leavesOf,
  mantelTest,
  mashSketch,
  neighborJoining,
  pathLengths,
  pDistance,
  postorder,
  preorder,
  randomTree,
  reverseComplement,
  robinsonFoulds,
  simulateLetters,
  spanOf,
  splitByChromosome,
  splitBySimilarity,
  taxaOf,
  transitionProbabilities,
  translate,
  unroot,
  wpgma,
} from '../src/index';
import type { DistanceMatrix, Tree } from '../src/index';

/** Laws of what the other tests show by example. */
const runs = { seed: 11, numRuns: 100 };
const letters = (least: number, most: number) => fc.stringMatching(new RegExp(`^[ACGT]{${least},${most}}$`));
const seeds = fc.nat();
const taxa = fc.integer({ min: 4, max: 20 });
const treeOf = (count: number, seed: number) => randomTree({ rng: new Rng(seed), taxa: count, meanLength: 1 });

/** The names in another order. */
function reordered({ names, values }: DistanceMatrix, seed: number): DistanceMatrix {
  const order = new Rng(seed).shuffle(Array.from(names.keys()));
  return distanceMatrix(
    order.map((i) => names[i]),
    (i, j) => values[order[i] * names.length + order[j]],
  );
}

describe('trees', () => {
  it('are walked with each node once, parents first or last, and leaves in one order', () => {
    fc.assert(
      fc.property(taxa, seeds, (count, seed) => {
        const tree = treeOf(count, seed);
        const [down, up] = [preorder(tree), postorder(tree)];
        expect(new Set(down)).toEqual(new Set(up));
        const place = (nodes: readonly Tree[]) => new Map(nodes.map((node, i) => [node, i]));
        const [first, last] = [place(down), place(up)];
        for (const node of down) {
          for (const child of node.children) {
            expect(first.get(child)!).toBeGreaterThan(first.get(node)!);
            expect(last.get(child)!).toBeLessThan(last.get(node)!);
          }
        }
        expect(leavesOf(tree).map(({ name }) => name)).toEqual(taxaOf(tree));
        expect(foldTree<number>(tree, (_, parts) => 1 + parts.reduce((a, b) => a + b, 0))).toBe(down.length);
      }),
      runs,
    );
  });

  it('keep their paths when the root is dissolved', () => {
    fc.assert(
      fc.property(taxa, seeds, (count, seed) => {
        const rooted = wpgma(pathLengths(treeOf(count, seed)));
        const open = unroot(rooted);
        expect(open.children.length).toBeGreaterThan(2);
        expect(robinsonFoulds(open, rooted).distance).toBe(0);
        expect(robinsonFoulds(open, rooted).weighted).toBeLessThan(1e-9);
      }),
      runs,
    );
  });

  it('of WPGMA have leaves of one depth, whatever the order of names, and are found again', () => {
    fc.assert(
      fc.property(taxa, seeds, (count, seed) => {
        const matrix = pathLengths(treeOf(count, seed));
        const tree = wpgma(matrix);
        const depth = (node: Tree): number =>
          node.children.length === 0 ? 0 : node.children[0].length! + depth(node.children[0]);
        foldTree<number>(tree, (node, below) => {
          node.children.forEach((child, i) => expect(below[i] + child.length!).toBeCloseTo(depth(node), 9));
          return depth(node);
        });
        expect(robinsonFoulds(wpgma(reordered(matrix, seed)), tree).weighted).toBeLessThan(1e-9);
        expect(robinsonFoulds(wpgma(pathLengths(tree)), tree).weighted).toBeLessThan(1e-9);
      }),
      runs,
    );
  });

  it('fit distances by a correlation of 1 exactly where they have them, whatever the order or the scale', () => {
    fc.assert(
      fc.property(taxa, seeds, (count, seed) => {
        const tree = treeOf(count, seed);
        const matrix = pathLengths(tree);
        const scaled = { names: matrix.names, values: matrix.values.map((value) => 3 * value) };
        expect(copheneticCorrelation(tree, reordered(scaled, seed))).toBeCloseTo(1, 9);
        const test = mantelTest(matrix, reordered(scaled, seed), { rng: new Rng(seed), permutations: 19 });
        expect(test.r).toBeCloseTo(1, 9);
        expect(test.p >= 1 / 20 && test.p <= 1).toBe(true);
        const other = pathLengths(treeOf(count, seed + 1));
        const [there, back] = [mantelTest(matrix, other, { rng: new Rng(1), permutations: 0 }).r, mantelTest(other, matrix, { rng: new Rng(1), permutations: 0 }).r]; // prettier-ignore
        expect(there).toBeCloseTo(back, 9);
        expect(Math.abs(there)).toBeLessThanOrEqual(1 + 1e-12);
      }),
      runs,
    );
  });

  it('have bootstraps made of columns that there are, and full support from themselves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 1, max: 30 }), seeds, (count, width, seed) => {
        const rng = new Rng(seed);
        const rows = Array.from({ length: count }, () => simulateLetters(width, rng));
        const columns = (all: readonly string[]) => Array.from({ length: width }, (_, i) => all.map((row) => row[i]).join('')); // prettier-ignore
        const known = new Set(columns(rows));
        const sample = bootstrapColumns(rows, rng);
        expect(columns(sample).every((column) => known.has(column))).toBe(true);
        const names = rows.map((_, i) => `t${i}`);
        const build = (all: readonly string[]) => neighborJoining(distanceMatrix(names, (i, j) => pDistance(all[i], all[j]))); // prettier-ignore
        const replicates = bootstrapTrees(rows, build, { replicates: 3, rng });
        for (const node of preorder(bootstrapSupport(build(rows), replicates))) {
          if (node.support !== undefined) expect([0, 1 / 3, 2 / 3, 1]).toContain(node.support);
        }
        const sure = preorder(bootstrapSupport(replicates[0], [replicates[0], replicates[0]]));
        expect(sure.flatMap(({ support }) => (support === undefined ? [] : [support])).every((s) => s === 1)).toBe(
          true,
        );
      }),
      { ...runs, numRuns: 40 },
    );
  });

  it('come from matrices that are the same from whole rows and from a triangle', () => {
    fc.assert(
      fc.property(taxa, seeds, (count, seed) => {
        const { names, values } = pathLengths(treeOf(count, seed));
        const rows = names.map((_, i) => [...values.subarray(i * count, (i + 1) * count)]);
        const triangle = rows.map((row, i) => row.slice(0, i));
        expect(distanceMatrixFrom(names, rows)).toEqual({ names, values });
        expect(distanceMatrixFrom(names, triangle).values).toEqual(distanceMatrixFrom(names, rows.map((row, i) => row.slice(0, i + 1))).values); // prettier-ignore
      }),
      runs,
    );
  });
});

describe('distances of vectors', () => {
  const vector = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 });

  it('of Euclid and of angles are metrics; the cosine does not mind size', () => {
    fc.assert(
      fc.property(vector, vector, vector, (a, b, c) => {
        expect(euclideanDistance(a, a)).toBe(0);
        expect(euclideanDistance(a, b)).toBe(euclideanDistance(b, a));
        expect(euclideanDistance(a, c)).toBeLessThanOrEqual(euclideanDistance(a, b) + euclideanDistance(b, c) + 1e-9);
        fc.pre([a, b, c].every((v) => v.some((x) => x !== 0)));
        expect(angularDistance(a, c)).toBeLessThanOrEqual(angularDistance(a, b) + angularDistance(b, c) + 1e-6);
        expect(cosineDistance(a.map((x) => 7 * x), b)).toBeCloseTo(cosineDistance(a, b), 9); // prettier-ignore
        expect(angularDistance(a, a.map((x) => -x))).toBeCloseTo(Math.PI, 6); // prettier-ignore
      }),
      runs,
    );
  });

  it('along a graph of all neighbours are the direct ones, and never shorter', () => {
    fc.assert(
      fc.property(fc.uniqueArray(vector, { minLength: 3, maxLength: 9, selector: String }), (points) => {
        const names = points.map((_, i) => `p${i}`);
        const direct = distanceMatrix(names, (i, j) => euclideanDistance(points[i], points[j]));
        const whole = geodesicDistances(names, points, { neighbors: points.length - 1 });
        whole.values.forEach((value, i) => expect(value).toBeCloseTo(direct.values[i], 9));
        const half = Math.ceil(points.length / 2); // so many neighbours always hang together
        geodesicDistances(names, points, { neighbors: half }).values.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(direct.values[i] - 1e-9)); // prettier-ignore
      }),
      runs,
    );
  });
});

describe('words and pairs of letters', () => {
  it('have shares that sum to 1, and sketches that are their own likeness', () => {
    fc.assert(
      fc.property(letters(8, 60), fc.integer({ min: 1, max: 6 }), (sequence, k) => {
        expect(kmerFrequencies(sequence, k).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(jaccardIndex(mashSketch(sequence, { k }), mashSketch(reverseComplement(sequence), { k }))).toBe(1);
        expect(codonCounts(sequence).reduce((sum, count) => sum + count, 0)).toBe(Math.floor(sequence.length / 3));
      }),
      runs,
    );
  });

  it('pair off both ways', () => {
    fc.assert(
      fc.property(letters(20, 20), letters(20, 20), (a, b) => {
        const [there, back] = [basePairs(a, b), basePairs(b, a)];
        there.forEach((count, pair) => expect(back[(pair & 3) * 4 + (pair >> 2)]).toBe(count));
        expect(there.reduce((sum, count) => sum + count, 0)).toBe(20);
      }),
      runs,
    );
  });
});

describe('models of substitution', () => {
  const rate = fc.double({ min: 0.05, max: 8, noNaN: true });
  const model = fc
    .tuple(fc.array(rate, { minLength: 6, maxLength: 6 }), fc.array(rate, { minLength: 4, maxLength: 4 }))
    .chain(([exchanges, weights]) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const frequencies = weights.map((weight) => weight / total);
      return fc.constantFrom(
        gtr({ exchanges, frequencies }),
        hky85({ kappa: exchanges[0], frequencies }),
        k80(exchanges[0]),
      );
    });

  it('keep the frequencies, are reversible, and go on where they stopped: P(s)·P(t) = P(s + t)', () => {
    fc.assert(
      fc.property(model, rate, rate, (own, s, t) => {
        const [ps, pt, both] = [s, t, s + t].map((length) => transitionProbabilities(own, length));
        for (let x = 0; x < 4; x++) {
          for (let y = 0; y < 4; y++) {
            const composed = [0, 1, 2, 3].reduce((sum, z) => sum + ps[4 * x + z] * pt[4 * z + y], 0);
            expect(composed).toBeCloseTo(both[4 * x + y], 9);
            expect(own.frequencies[x] * ps[4 * x + y]).toBeCloseTo(own.frequencies[y] * ps[4 * y + x], 9);
          }
          expect([0, 1, 2, 3].reduce((sum, y) => sum + ps[4 * x + y], 0)).toBeCloseTo(1, 9);
        }
      }),
      runs,
    );
  });
});

describe('circles and genes', () => {
  it('have the same skew wherever they are cut, and the opposite one on the other strand', () => {
    fc.assert(
      fc.property(letters(6, 50), fc.nat(), fc.integer({ min: 1, max: 6 }), (sequence, cut, windowBp) => {
        const by = cut % sequence.length;
        const turned = new CircularSequence(sequence).rotate(by).letters;
        const [here, there] = [sequence, turned].map((own) => [...gcSkew(own, { windowBp, stepBp: 1 })]);
        expect([...here.slice(by), ...here.slice(0, by)]).toEqual(there);
        const other = gcSkew(reverseComplement(sequence), { windowBp, stepBp: 1, isCircular: false });
        const plain = gcSkew(sequence, { windowBp, stepBp: 1, isCircular: false });
        other.forEach((skew, i) => expect(skew).toBe(-plain[plain.length - 1 - i] + 0));
        expect(cumulativeGcSkew(sequence).at(-1)).toBe(sequence.split('G').length - sequence.split('C').length);
        const level = (own: string, at: number) => cumulativeGcSkew(own)[at] - (cumulativeGcSkew(own)[own.length] * at) / own.length; // prettier-ignore
        const [a, b] = [estimateReplication(sequence).origin, (estimateReplication(turned).origin + by) % sequence.length]; // prettier-ignore
        expect(level(sequence, a)).toBeCloseTo(level(sequence, b), 9); // of equal minima each is one
      }),
      runs,
    );
  });

  it('join what is cut at the origin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), fc.nat(), (lengthBp, from, to) => {
        const [first, last] = [1 + (from % lengthBp), 1 + (to % lengthBp)];
        const whole = spanOf(first, last, lengthBp);
        expect(whole.end - whole.start).toBe(last < first ? last - first + 1 + lengthBp : last - first + 1);
        if (last >= first) return;
        expect(joinSpans([spanOf(first, lengthBp, lengthBp), spanOf(1, last, lengthBp)], lengthBp)).toEqual([whole]);
      }),
      runs,
    );
  });

  it('translate codon by codon, in every code, and cut the same context on both strands', () => {
    fc.assert(
      fc.property(letters(9, 60), fc.constantFrom(...geneticCodes), fc.nat(), (sequence, code, cut) => {
        const at = 3 * (cut % Math.floor(sequence.length / 3));
        expect(geneticCode(code.id)).toBe(code);
        expect(translate(sequence, { code })).toBe(translate(sequence.slice(0, at), { code }) + translate(sequence.slice(at), { code })); // prettier-ignore
        const [start, end] = [3, sequence.length - 3];
        const options = { codon: 'start', upstreamBp: 5, downstreamBp: 4, isCircular: cut % 2 === 0 } as const;
        const mirrored = { start: 3, end: sequence.length - 3, strand: '-' } as const;
        expect(geneContext(reverseComplement(sequence), mirrored, options)).toBe(geneContext(sequence, { start, end, strand: '+' }, options)); // prettier-ignore
      }),
      runs,
    );
  });
});

describe('splits', () => {
  it('by chromosome lose no record and share no chromosome', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 30 }), (chromosomes) => {
        fc.pre(new Set(chromosomes).size > 1);
        const records = chromosomes.map((chromosome, i) => ({ id: `chr${chromosome}:${i + 1}-${i + 9}` }));
        const name = `chr${chromosomes[0]}`;
        const { kept, heldOut } = splitByChromosome(records, { heldOut: [name] });
        expect(heldOut).toEqual(records.filter(({ id }) => id.startsWith(`${name}:`)));
        expect(kept).toEqual(records.filter(({ id }) => !id.startsWith(`${name}:`)));
      }),
      runs,
    );
  });

  it('by similarity put what is alike together, on either strand, and say what is left', () => {
    fc.assert(
      fc.property(fc.array(letters(10, 14), { minLength: 3, maxLength: 8 }), seeds, (sequences, seed) => {
        const doubled = [...sequences, ...sequences.map((sequence) => reverseComplement(sequence))];
        const options = { k: 3, threshold: 0.5 };
        const clusters = clusterBySimilarity(doubled, options);
        sequences.forEach((_, i) => expect(clusters[i]).toBe(clusters[i + sequences.length]));
        fc.pre(new Set(clusters).size > 2);
        const records = doubled.map((sequence) => ({ sequence }));
        const split = splitBySimilarity(records, { ...options, share: 0.4, rng: new Rng(seed) });
        expect([...split.kept, ...split.heldOut]).toHaveLength(records.length);
        expect(split.leakage).toEqual(leakageOf(split, options));
        expect(Math.max(...split.leakage.nearest)).toBeLessThan(0.5);
        expect(split.leakage.duplicates).toBe(0);
      }),
      { ...runs, numRuns: 50 },
    );
  });
});

import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMeme, reverseComplementMatrix, toProbabilities, tomtom, tomtomSearch, tomtomTable } from '../src/index';
import type { Motif, TomtomDistance, TomtomOptions } from '../src/index';
import { bestAlignments } from '../src/motifs/tomtom/best-alignment';
import type { BinnedScores } from '../src/motifs/tomtom/binned-scores';
import { maximumSurvival, spanSurvival } from '../src/motifs/tomtom/null-distribution';
import { lowerMedian, rangeOf } from '../src/motifs/tomtom/median';
import { dataFolder, dataPath } from './support';

const distances: TomtomDistance[] = ['ed', 'pearson', 'kullback', 'sandelin', 'allr', 'blic1', 'blic5'];

/** Motifs of 4 to 15 positions, from clear to faint. */
function library(size: number, seed: number): Motif[] {
  const rng = new Rng(seed);
  const row = () => [0, 1, 2, 3].map(() => Math.max(0.02, rng.next() ** 4));
  return Array.from({ length: size }, (_, i) => ({
    ...{ id: `m${i}`, name: '', sites: 10 + rng.integer(40) },
    probabilities: toProbabilities(Array.from({ length: 4 + rng.integer(12) }, row), { pseudocount: 0 }),
  }));
}

const turned = (motif: Motif): Motif => ({ ...motif, probabilities: reverseComplementMatrix(motif.probabilities) });
const apart = (a: number, b: number) => Math.abs(a / b - 1);

describe('tomtom beside MEME 4.12', () => {
  for (const complete of [true, false]) {
    for (const distance of distances) {
      const name = `tomtom${complete ? '.complete' : ''}.out.${distance}.tsv`;
      it.skipIf(!dataFolder)(
        `${name}: p, E and q within 0.05 %, the same rows, offsets, overlaps, strands and letters`,
        () => {
          const { motifs, background } = readMeme(readFileSync(dataPath('motif_tools_reference/sample.meme'), 'utf8'));
          const found = tomtom(motifs, motifs, { distance, incompleteScores: !complete, background });
          const rows = tableOf(readFileSync(dataPath(`motif_tools_reference/tomtom_expected/${name}`), 'utf8'));
          const own = tableOf(tomtomTable(motifs, found));
          expect(own.map(({ place }) => place)).toEqual(rows.map(({ place }) => place));
          found.flat().forEach(({ pValue, eValue, qValue }, i) => {
            // MEME prints six digits of complete scores; the chance of the best of n it takes as n·p where that is small.
            const tolerance = complete ? 1e-5 : 5e-4;
            expect(apart(pValue, rows[i].p)).toBeLessThan(tolerance);
            expect(apart(eValue, rows[i].e)).toBeLessThan(tolerance);
            expect(apart(qValue, rows[i].q)).toBeLessThan(tolerance);
          });
        },
      );
    }
  }
});

/** Tomtom's table, places and numbers apart. */
const tableOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([query, target, offset, p, e, q, overlap, ...rest]) => ({
      place: [query, target, offset, overlap, ...rest],
      ...{ p: Number(p), e: Number(e), q: Number(q) },
    }));

describe('the null distribution', () => {
  // Two query columns, three target columns
  const scores: BinnedScores = { width: 2, count: 3, bins: Uint8Array.of(0, 50, 100, 20, 20, 90), unaligned: 40 };

  it('of a span is that of all combinations of target columns', () => {
    const spans = spanSurvival(scores, 9);
    expect([0, 1, 50, 51, 100, 101].map((s) => spans.at(0, 0, s))).toEqual(
      [3, 2, 2, 1, 1, 0].map((n) => expect.closeTo(n / 3, 12)),
    );
    // Sums: 20 20 90, 70 70 140, 120 120 190
    expect([20, 21, 90, 91, 140, 141, 190, 191].map((s) => spans.at(0, 1, s))).toEqual(
      [9, 7, 5, 4, 2, 1, 1, 0].map((n) => expect.closeTo(n / 9, 12)),
    );
  });

  it('of the best alignment counts columns beside nothing, and both strands', () => {
    const spans = spanSurvival(scores, 9);
    const survival = maximumSurvival(scores, spans, { targetWidth: 1, strands: 2 });
    // On a target of one column lies either the second query column or the first; the other adds 40.
    expect(survival(131)).toBeCloseTo(1 - (1 - 1 / 3) ** 2, 12); // 100 + 40 alone
    expect(survival(130)).toBeCloseTo(1 - (1 - 1 / 3) ** 4, 12); // or 90 + 40
    expect(survival(141)).toBeCloseTo(0, 12);
    const wider = maximumSurvival(scores, spans, { targetWidth: 2, strands: 1 });
    expect(wider(140)).toBeCloseTo(1 - (1 - 0) * (1 - 2 / 9) * (1 - 1 / 3), 12); // 90 + 40, both columns, 100 + 40
  });

  it('keeps its tail: a chance of 1e-60 is not 0', () => {
    const [width, count] = [30, 100];
    const bins = new Uint8Array(width * count);
    for (let i = 0; i < width; i++) bins[i * count] = 100; // one target column in a hundred fits
    const flat = { width, count, bins, unaligned: 0 };
    const survival = maximumSurvival(flat, spanSurvival(flat, width), { targetWidth: width, strands: 2 });
    expect(apart(survival(100 * width), 2e-60)).toBeLessThan(1e-9);
  });

  it('finds its median as a sort would', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        const [low, high] = [Math.floor(values.length / 2), Math.ceil(values.length / 2)].map((n) =>
          Math.max(0, n - 1),
        );
        const scores = Float64Array.from(values);
        expect(lowerMedian(scores, rangeOf(scores))).toBe(
          low === high ? sorted[low] : (sorted[low] + sorted[high]) / 2,
        );
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('alignments', () => {
  it('take the widest of equals, and the leftmost of those', () => {
    const even = { width: 2, count: 4, bins: new Uint8Array(8), unaligned: 0 };
    const none = () => 0;
    const { offset, overlap } = bestAlignments(even, [4], none, { minOverlap: 1, internal: false });
    expect([offset[0], overlap[0]]).toEqual([0, 2]);
  });

  it('are all of at least the overlap asked for, or within the wider motif', () => {
    const [targets, queries] = [library(30, 1), library(8, 2)];
    const all = (options: TomtomOptions) => tomtom(queries, targets, { threshold: Infinity, ...options });
    all({ minOverlap: 6 }).forEach((matches, i) => {
      const width = queries[i].probabilities.length;
      for (const { overlap, target } of matches)
        expect(overlap).toBeGreaterThanOrEqual(Math.min(6, width, target.probabilities.length));
    });
    all({ internal: true }).forEach((matches, i) => {
      const width = queries[i].probabilities.length;
      for (const { overlap, target } of matches) expect(overlap).toBe(Math.min(width, target.probabilities.length));
    });
    expect(
      all({ minOverlap: 1 })
        .flat()
        .some(({ overlap }) => overlap < 4),
    ).toBe(true);
  });
});

describe('tomtomTable', () => {
  it("prints numbers as MEME does, and the target's letters on the strand of the match", () => {
    const [query] = library(1, 6);
    const match = {
      target: query,
      index: 0,
      offset: -1,
      overlap: 3,
      pValue: 1.23456789e-5,
      eValue: 12345678,
      qValue: 0.5,
    };
    const short = {
      ...query,
      id: 'q',
      probabilities: [
        [0.7, 0.1, 0.1, 0.1],
        [0.1, 0.7, 0.1, 0.1],
      ],
    };
    const [, row] = tomtomTable([short], [[{ ...match, target: short, strand: '-' }]]).split('\n');
    expect(row).toBe('q\tq\t-1\t1.23457e-05\t1.23457e+07\t0.5\t3\tAC\tGT\t-');
  });
});

describe('tomtom', () => {
  const targets = library(60, 3);
  const [query] = library(1, 4);

  for (const distance of distances) {
    it(`${distance}: does not mind which strand the target or the query is given on`, () => {
      const options = { distance, threshold: Infinity };
      const numbers = (queries: Motif[], among: Motif[]) =>
        tomtom(queries, among, options)[0].map(({ pValue, index, overlap }) => [index, overlap, pValue]);
      const given = numbers([query], targets);
      const near = given.map(([index, overlap, p]) => [index, overlap, expect.closeTo(p, 9)]);
      expect(numbers([query], targets.map(turned))).toEqual(near);
      expect(numbers([turned(query)], targets).map(([, , p]) => p)).toEqual(near.map(([, , p]) => p));
    });

    it(`${distance}: finds a motif of the library first, at offset 0, and its other strand`, () => {
      for (const target of targets.slice(0, 10).filter(({ probabilities }) => probabilities.length > 8)) {
        const [[first], [other]] = tomtom([target, turned(target)], targets, { distance });
        const fits = { target, offset: 0, overlap: target.probabilities.length };
        if (!distance.startsWith('blic')) {
          expect(first).toMatchObject({ ...fits, strand: '+' });
          expect(other).toMatchObject({ ...fits, strand: '-' });
        }
        expect(first.pValue).toBeGreaterThan(0);
      }
    });
  }

  it('reports what passes the threshold, best first', () => {
    const [all] = tomtom([query], targets, { threshold: Infinity });
    expect(all).toHaveLength(60);
    all.forEach(({ pValue, eValue, qValue }, i) => {
      expect(eValue).toBe(60 * pValue);
      expect(qValue).toBeLessThanOrEqual(1);
      if (i > 0) expect(pValue).toBeGreaterThanOrEqual(all[i - 1].pValue);
    });
    const threshold = all[5].qValue;
    const [byQ] = tomtom([query], targets, { threshold });
    expect(byQ).toEqual(all.filter(({ qValue }) => qValue <= threshold));
    const [byE] = tomtom([query], targets, { threshold: 10, evalue: true });
    expect(byE).toEqual(all.filter(({ eValue }) => eValue <= 10));
    expect(tomtomSearch(targets)(query)).toEqual(tomtom([query], targets)[0]);
  });

  it('gives p-values that are uniform where there is nothing to find', () => {
    const p = tomtom(library(40, 5), targets, { threshold: Infinity, bothStrands: false }).flat();
    for (const level of [0.1, 0.3, 0.6]) {
      const share = p.filter(({ pValue }) => pValue <= level).length / p.length;
      expect(Math.abs(share - level)).toBeLessThan(0.1); // alignments overlap, so independence is an approximation
    }
  });

  it('prefers the strand as given where both are the same', () => {
    const palindrome = {
      id: 'p',
      name: '',
      probabilities: [...'ACGT'].map((_, i) => [0, 0, 0, 0].map((_, j) => Number(i === j))),
    };
    expect(tomtom([palindrome], [palindrome, ...targets])[0][0]).toMatchObject({ index: 0, strand: '+' });
  });

  it('takes counts too large for 100 bins of width 1', () => {
    const many = targets.map((target) => ({ ...target, sites: 5000 }));
    const [[first]] = tomtom([many[2]], many, { distance: 'blic1' });
    expect(first.target.id).toBe('m2');
  });

  it('compares motifs of proteins, on their one strand', () => {
    const rng = new Rng(8);
    const row = () => Array.from({ length: 20 }, () => rng.next() ** 6 + 0.01);
    const proteins = Array.from({ length: 60 }, (_, i) => {
      const probabilities = toProbabilities(Array.from({ length: 8 }, row), { pseudocount: 0 });
      return { id: `p${i}`, name: '', probabilities };
    });
    const [[first, ...others]] = tomtom(proteins.slice(7, 8), proteins, { threshold: Infinity });
    expect(first).toMatchObject({ index: 7, offset: 0, strand: '+', overlap: 8 });
    expect(new Set(others.map(({ strand }) => strand))).toEqual(new Set(['+']));
    expect(() => tomtom(proteins, proteins, { distance: 'blic5' })).toThrow('BLiC scores are for DNA, got 20 letters');
  });

  it('says what is wrong with its motifs', () => {
    const odd = { id: 'odd', name: '', probabilities: [[0.5, 0.5]] };
    const empty = { id: 'empty', name: '', probabilities: [] };
    const sure = { id: 'sure', name: '', probabilities: [[1, 0, 0, 0]] };
    expect(() => tomtom([query], [])).toThrow('tomtom: there are no targets');
    expect(() => tomtom([odd], targets)).toThrow('tomtom: the motif odd has 2 letters, the background 4');
    expect(() => tomtom([query], [...targets, empty])).toThrow('tomtom: the motif empty has no positions');
    const half = { id: 'half', name: '', probabilities: [[0.5, 0, 0, NaN]] };
    expect(() => tomtom([half], targets)).toThrow(
      'expected probabilities that sum to 1 in the motif half, got 0.5 0 0',
    );
    expect(() => tomtom([query], targets, { background: [1, 0, 0, 0] })).toThrow(
      'tomtom: expected a background above 0',
    );
    expect(() => tomtom([sure], targets, { distance: 'allr', pseudocount: 0 })).toThrow('a probability is 0');
  });

  it.skipIf(!dataFolder)('finds motifs of JASPAR among the 205 of its core', () => {
    const core = readMeme(
      readFileSync(dataPath('motif_tools_reference/JASPAR_CORE_2014_vertebrates.meme'), 'utf8'),
    ).motifs;
    tomtom(core.slice(0, 50), core).forEach(([first], i) => {
      expect(first).toMatchObject({ offset: 0, strand: '+', index: i });
      expect(first.pValue).toBeLessThan(1e-6);
    });
  });
});

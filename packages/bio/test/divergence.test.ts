import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jsDivergence,
  klDivergence,
  motifDivergence,
  placements,
  reverseComplementMatrix,
  sideBySide,
  toProbabilities,
} from '../src/index';

const row = fc
  .tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0.01, max: 1, noNaN: true })))
  .map((counts) => toProbabilities([counts], { pseudocount: 0 })[0]);
const matrix = fc.array(row, { minLength: 1, maxLength: 10 });
const runs = { seed: 4, numRuns: 200 };

describe('divergence of columns', () => {
  it('is what it is by hand', () => {
    expect(klDivergence([1, 0, 0, 0], [0.5, 0.5, 0, 0])).toBe(1);
    expect(klDivergence([0.5, 0.5, 0, 0], [1, 0, 0, 0])).toBe(Infinity);
    expect(klDivergence([0.75, 0.25], [0.5, 0.5])).toBeCloseTo(0.75 * Math.log2(1.5) - 0.25, 12);
    expect(jsDivergence([1, 0, 0, 0], [0, 0, 1, 0])).toBe(1);
    // The mean is (¾, ¼): ½·log₂(4/3) + ½·(½·log₂(2/3) + ½·log₂ 2)
    expect(jsDivergence([1, 0], [0.5, 0.5])).toBeCloseTo((Math.log2(4 / 3) + (Math.log2(2 / 3) + 1) / 2) / 2, 12);
  });

  it('is 0 for equals alone; Jensen and Shannon have it symmetric and at most 1', () => {
    fc.assert(
      fc.property(row, row, (p, q) => {
        expect(klDivergence(p, p)).toBe(0);
        expect(klDivergence(p, q)).toBeGreaterThanOrEqual(-1e-12);
        expect(jsDivergence(p, q)).toBeCloseTo(jsDivergence(q, p), 12);
        expect(jsDivergence(p, q)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });
});

describe('motifDivergence', () => {
  it('finds offset and strand', () => {
    const spelled = (word: string) => [...word].map((letter) => [...'ACGT'].map((base) => Number(base === letter)));
    const target = spelled('CCGATTACAGGT');
    expect(motifDivergence(spelled('GATTACAGG'), target)).toEqual({ bits: 0, offset: 2, strand: '+', columns: 9 });
    const turned = reverseComplementMatrix(spelled('TTGATTACAGG'));
    expect(motifDivergence(turned, target)).toEqual({ bits: 2 / 11, offset: 0, strand: '-', columns: 11 });
    expect(motifDivergence(turned, target, { minimumOverlap: 12 }).columns).toBe(11);
    expect(motifDivergence(spelled('GAT'), spelled('GAC'), { measure: 'kl' })).toMatchObject({ bits: Infinity });
    expect(() => motifDivergence([], target)).toThrow('motifDivergence: a motif has no positions');
  });

  it('is the least over all placements, and symmetric if JSD', () => {
    fc.assert(
      fc.property(matrix, matrix, fc.integer({ min: 1, max: 12 }), (a, b, minimumOverlap) => {
        const { bits } = motifDivergence(a, b, { minimumOverlap });
        expect(motifDivergence(b, a, { minimumOverlap }).bits).toBeCloseTo(bits, 9);
        const least = Math.min(minimumOverlap, a.length, b.length);
        for (const place of placements(a.length, b.length, minimumOverlap)) {
          const [p, q] = sideBySide(a, b, place);
          expect([p.length, q.length]).toEqual([place.columns, place.columns]);
          expect(place.columns).toBeGreaterThanOrEqual(least);
          const mean = p.reduce((sum, column, i) => sum + jsDivergence(column, q[i]), 0) / p.length;
          expect(mean).toBeGreaterThanOrEqual(bits - 1e-9);
        }
        expect(motifDivergence(a, a, { minimumOverlap })).toMatchObject({ bits: 0, offset: 0, columns: a.length });
      }),
      runs,
    );
  });
});

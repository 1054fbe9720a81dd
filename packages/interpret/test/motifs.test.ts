import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alignMotifs,
  columnInformation,
  consensus,
  distinctMotifs,
  enrichment,
  filtersToMotifs,
  informationBits,
  type Motif,
  netInformation,
  probabilities,
  reverseComplement,
  smallSampleBits,
  trimColumns,
} from '../src/index';
import { lcg } from './lcg';

const LETTERS = 'ACGT';
/** Counts of ten sites that all read `word`. */
const sharp = (word: string) => [...word].map((letter) => [...LETTERS].map((base) => (base === letter ? 11 : 1)));

/** A motif of which only the matrix matters. */
const motifOf = (filter: number, counts: number[][]): Motif => ({
  filter,
  counts,
  sites: 10,
  positions: 100,
  threshold: 0,
  informationBits: informationBits(counts),
  consensus: consensus(counts),
});

describe('information', () => {
  it('is 2 bits for a certain base, 1 for two even ones, 0 for four', () => {
    expect(columnInformation([1, 0, 0, 0])).toBe(2);
    expect(columnInformation([0.5, 0, 0.5, 0])).toBe(1);
    expect(columnInformation([0.25, 0.25, 0.25, 0.25])).toBe(0);
  });

  it('is relative to the background: a column that equals it holds nothing', () => {
    const background = [0.4, 0.1, 0.1, 0.4];
    expect(columnInformation(background, background)).toBe(0);
    expect(columnInformation([0, 1, 0, 0], background)).toBeCloseTo(Math.log2(10), 12);
  });

  it('adds up over the columns of a count matrix', () => {
    // (5, 1, 1, 1)/8: 2 + ⅝·log2 ⅝ + 3·⅛·log2 ⅛ = 0.4512
    expect(informationBits([[5, 1, 1, 1]])).toBeCloseTo(0.4512, 4);
    expect(
      informationBits([
        [5, 1, 1, 1],
        [7, 0, 0, 0],
      ]),
    ).toBeCloseTo(2.4512, 4);
  });

  it('corrects small samples as ceqlogo does', () => {
    expect(smallSampleBits(20)).toBeCloseTo(0.108, 3);
    expect(smallSampleBits(20, 20)).toBeCloseTo(0.685, 3);
  });
});

describe('trimColumns', () => {
  it('takes faint columns from the ends and leaves them inside', () => {
    const faint = [3, 2, 2, 2];
    const [g, t] = sharp('GT');
    expect(trimColumns([faint, faint, g, faint, t, faint])).toEqual([g, faint, t]);
  });

  it('leaves nothing of noise', () => {
    expect(trimColumns([[3, 2, 2, 2]])).toEqual([]);
  });
});

describe('consensus', () => {
  it.each([
    [[7, 1, 1, 1], 'A'], // more than half, more than twice the next
    [[51, 26, 12, 11], 'M'], // not twice the next, but the two make 77 %
    [[4, 0, 5, 1], 'R'],
    [[1, 1, 3, 3], 'N'], // the two make exactly 75 %
    [[1, 1, 1, 1], 'N'],
  ])('of %j is %s', (row, letter) => {
    expect(consensus([row])).toBe(letter);
  });
});

describe('probabilities', () => {
  it('normalises rows and makes an empty one uniform', () => {
    expect(
      probabilities([
        [1, 1, 2, 0],
        [0, 0, 0, 0],
      ]),
    ).toEqual([
      [0.25, 0.25, 0.5, 0],
      [0.25, 0.25, 0.25, 0.25],
    ]);
  });
});

describe('alignMotifs', () => {
  it('is the Pearson correlation of the overlapping letters', () => {
    // deviations (¾, −¼, −¼, −¼) and (¼, ¼, −¼, −¼): ¼ / √(¾ · ¼)
    const { similarity } = alignMotifs([[1, 0, 0, 0]], [[0.5, 0.5, 0, 0]], { minOverlap: 1 });
    expect(similarity).toBeCloseTo(1 / Math.sqrt(3), 12);
  });

  it('finds a part of a word at its place', () => {
    expect(alignMotifs(sharp('CCTGACTCAGG'), sharp('TGACTCA'))).toMatchObject({ offset: 2, reversed: false });
    expect(alignMotifs(sharp('TGACTCA'), sharp('CCTGACTCAGG'))).toMatchObject({ offset: -2, reversed: false });
  });

  it('finds a word on the other strand', () => {
    const { similarity, reversed } = alignMotifs(sharp('GATTACAG'), reverseComplement(sharp('GATTACAG')));
    expect([similarity, reversed]).toEqual([expect.closeTo(1, 12), true]);
  });

  it('does not call two words alike for a shared lean of their flanks', () => {
    const lean = Array.from({ length: 6 }, () => [3, 2, 2, 3]);
    const { similarity } = alignMotifs([...sharp('CCCCCC'), ...lean], [...lean, ...sharp('GTGTGT')]);
    expect(similarity).toBeLessThan(0.5);
  });

  it('is 0 where a matrix says nothing', () => {
    expect(alignMotifs([[1, 1, 1, 1]], [[1, 0, 0, 0]]).similarity).toBe(0);
  });

  it('does not depend on which is first, nor on the strands that both are given on', () => {
    const row = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 });
    const matrix = fc.array(row, { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(matrix, matrix, (a, b) => {
        const { similarity } = alignMotifs(a, b);
        expect(similarity).toBeLessThanOrEqual(1 + 1e-12);
        expect(alignMotifs(b, a).similarity).toBeCloseTo(similarity, 12);
        expect(alignMotifs(reverseComplement(a), reverseComplement(b)).similarity).toBeCloseTo(similarity, 12);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('distinctMotifs', () => {
  it('keeps the first of each kind, shifted or on the other strand', () => {
    const words = [sharp('TGACTCA'), sharp('ATGACTCA'), reverseComplement(sharp('GTGACTCA')), sharp('CCACGTGC')];
    const kept = distinctMotifs(words.map((counts, filter) => motifOf(filter, counts)));
    expect(kept.map(({ filter }) => filter)).toEqual([0, 3]);
  });
});

describe('scores', () => {
  it('net information is sites × (information − log2(positions / sites))', () => {
    expect(netInformation({ ...motifOf(0, []), sites: 8, positions: 128, informationBits: 7 })).toBe(8 * (7 - 4));
  });

  it('net information of what a filter picks from random letters is not above 0', () => {
    const next = lcg(7);
    const sequences = Array.from({ length: 300 }, () =>
      Array.from({ length: 100 }, () => LETTERS[Math.floor(next() * 4)]).join(''),
    );
    const weights = Array.from({ length: 8 }, () => Array.from(LETTERS, () => next() - 0.5));
    const answer = (s: string, at: number) => weights.reduce((sum, w, i) => sum + w[LETTERS.indexOf(s[at + i])], 0);
    const activations = sequences.flatMap((s) => Array.from({ length: 93 }, (_, at) => Math.max(0, answer(s, at))));
    const [motif] = filtersToMotifs({ sequences, activations, shape: [300, 93, 1] }, { width: 8 });
    expect(motif.sites).toBeGreaterThan(100);
    expect(motif.informationBits).toBeGreaterThan(1);
    expect(netInformation(motif)).toBeLessThan(0);
  });

  it('enrichment is sites × log2 of the ratio of the rates, one pseudocount in the controls', () => {
    const motif = { ...motifOf(0, []), sites: 40, positions: 100, control: { sites: 9, positions: 99 } };
    expect(enrichment(motif)).toBeCloseTo(40 * 2, 12);
    expect(() => enrichment(motifOf(0, []))).toThrow('expected a motif with control counts');
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestMatch,
  bestSite,
  compareMotifs,
  consensus,
  countLetters,
  fromInformation,
  fromLogOdds,
  informationByPosition,
  informationContent,
  logOdds,
  majority,
  readJaspar,
  reverseComplement,
  reverseComplementMatrix,
  scanSequence,
  smallSampleBits,
  toCounts,
  toInformation,
  toProbabilities,
  trimMotif,
} from '../src/index';
import type { Matrix, Pseudocount } from '../src/index';
import { dataFolder, dataPath } from './support';

const seed = { seed: 9, numRuns: 200 };
const row = fc.tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0.01, max: 1, noNaN: true })));
const ppm = (widths: { minLength: number; maxLength: number }) =>
  fc.array(row, widths).map((matrix) => toProbabilities(matrix, { pseudocount: 0 }));
const letters = (minLength: number) => fc.stringMatching(new RegExp(`^[ACGT]{${minLength},40}$`));

/** One sure letter at each position. */
const spelled = (word: string): Matrix => [...word].map((letter) => [...'ACGT'].map((base) => Number(base === letter)));

const expectNear = (a: Matrix, b: Matrix) => {
  expect(a.length).toBe(b.length);
  a.flat().forEach((value, i) => expect(value).toBeCloseTo(b.flat()[i], 9));
};

describe('counts and probabilities', () => {
  it('count letters, a quarter each for N', () => {
    expect(countLetters(['AC', 'AN', 'Rt'])).toEqual([
      [2.5, 0, 0.5, 0],
      [0.25, 1.25, 0.25, 1.25],
    ]);
    expect(() => countLetters(['AC', 'A'])).toThrow('countLetters: site 1 has 2 letters, site 2 has 1');
    expect(() => countLetters(['AC', 'A-'])).toThrow('countLetters: site 2 has "-" at position 2');
  });

  const cases: [name: string, counts: number[], pseudocount: Pseudocount, background: number[], expected: number[]][] =
    [
      ['none', [4, 3, 2, 1], 0, [0.25, 0.25, 0.25, 0.25], [0.4, 0.3, 0.2, 0.1]],
      ['1 per letter (Logomaker)', [4, 0, 0, 0], 'logomaker', [0.4, 0.1, 0.1, 0.4], [5 / 8, 1 / 8, 1 / 8, 1 / 8]],
      ['4 by background', [4, 0, 0, 0], 4, [0.4, 0.1, 0.1, 0.4], [5.6 / 8, 0.4 / 8, 0.4 / 8, 1.6 / 8]],
      [
        '√N by background (JASPAR)',
        [16, 0, 0, 0],
        'jaspar',
        [0.3, 0.2, 0.2, 0.3],
        [17.2 / 20, 0.8 / 20, 0.8 / 20, 1.2 / 20],
      ],
      [
        '0.1 by background (MEME)',
        [2, 0, 0, 0],
        'meme',
        [0.3, 0.2, 0.2, 0.3],
        [2.03 / 2.1, 0.02 / 2.1, 0.02 / 2.1, 0.03 / 2.1],
      ],
    ];
  for (const [name, counts, pseudocount, background, expected] of cases) {
    it(`pseudocount: ${name}`, () => {
      const [probabilities] = toProbabilities([counts], { pseudocount, background });
      probabilities.forEach((p, i) => expect(p).toBeCloseTo(expected[i], 12));
    });
  }

  it('take the root of the mean number of sites, as JASPAR does', () => {
    const [first, second] = toProbabilities(
      [
        [6, 0, 0, 0],
        [12, 0, 0, 0],
      ],
      { pseudocount: 'jaspar' },
    ); // N = 9
    expect(first[0]).toBeCloseTo(6.75 / 9, 12);
    expect(second[0]).toBeCloseTo(12.75 / 15, 12);
  });

  it('go to counts and weights and back', () => {
    fc.assert(
      fc.property(ppm({ minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 500 }), (matrix, sites) => {
        const background = [0.3, 0.2, 0.1, 0.4];
        expectNear(toProbabilities(toCounts(matrix, sites), { pseudocount: 0 }), matrix);
        expectNear(fromLogOdds(logOdds(matrix, background), background), matrix);
        expectNear(fromInformation(toInformation(matrix)), matrix);
      }),
      seed,
    );
  });

  it('refuses a position without counts', () => {
    expect(() =>
      toProbabilities(
        [
          [1, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        { pseudocount: 0 },
      ),
    ).toThrow('position 2 has no counts');
  });
});

describe('information', () => {
  it('is 2 bits for one sure base, 1 for two equal ones, 0 for the background', () => {
    expect(
      informationByPosition([
        [1, 0, 0, 0],
        [0.5, 0, 0.5, 0],
        [0.25, 0.25, 0.25, 0.25],
      ]),
    ).toEqual([2, 1, 0]);
    expect(
      informationContent([
        [1, 0, 0, 0],
        [0.5, 0, 0.5, 0],
      ]),
    ).toBe(3);
    const background = [0.4, 0.1, 0.1, 0.4];
    expect(informationByPosition([background, [0, 1, 0, 0]], { background })[0]).toBeCloseTo(0, 12);
    expect(informationByPosition([[0, 1, 0, 0]], { background })[0]).toBeCloseTo(Math.log2(10), 12);
  });

  it('is less for few sites', () => {
    expect(smallSampleBits(20)).toBeCloseTo(0.108, 3);
    expect(smallSampleBits(10, 20)).toBeCloseTo(19 / (20 * Math.LN2), 12);
    const sites = 20;
    const [sure, even] = informationByPosition(
      [
        [1, 0, 0, 0],
        [0.25, 0.25, 0.25, 0.25],
      ],
      { sites },
    );
    expect(sure).toBeCloseTo(2 - smallSampleBits(20), 12);
    expect(even).toBe(0);
    expect(
      trimMotif(
        [
          [0.4, 0.2, 0.2, 0.2],
          [1, 0, 0, 0],
        ],
        { minimumBits: 0.05 },
      ).start,
    ).toBe(0);
    expect(
      trimMotif(
        [
          [0.4, 0.2, 0.2, 0.2],
          [1, 0, 0, 0],
        ],
        { minimumBits: 0.05, sites },
      ).start,
    ).toBe(1);
  });

  it("makes a logo's heights, and probabilities of them where there are any", () => {
    expect(
      toInformation([
        [0.5, 0, 0.5, 0],
        [0.25, 0.25, 0.25, 0.25],
      ]),
    ).toEqual([
      [0.5, 0, 0.5, 0],
      [0, 0, 0, 0],
    ]);
    expect(
      fromInformation([
        [0.5, 0, 1.5, 0],
        [0, 0, 0, 0],
      ]),
    ).toEqual([
      [0.25, 0, 0.75, 0],
      [0.25, 0.25, 0.25, 0.25],
    ]);
  });

  it('is what log-odds score on average', () => {
    fc.assert(
      fc.property(ppm({ minLength: 1, maxLength: 8 }), (matrix) => {
        const scores = logOdds(matrix);
        const mean = matrix.flatMap((probabilities, i) => probabilities.map((p, letter) => p * scores[i][letter]));
        expect(mean.reduce((sum, term) => sum + term, 0)).toBeCloseTo(informationContent(matrix), 9);
      }),
      seed,
    );
    expect(logOdds([[1, 0, 0.5, 0.25]])).toEqual([[2, -Infinity, 1, 0]]);
  });

  it('trims weak ends and leaves weak positions inside', () => {
    const weak = [0.25, 0.25, 0.25, 0.25];
    const sure = [0, 1, 0, 0];
    const minimumBits = 0.2;
    expect(trimMotif([weak, weak, sure, weak, sure, weak], { minimumBits })).toEqual({
      probabilities: [sure, weak, sure],
      start: 2,
    });
    expect(trimMotif([weak], { minimumBits })).toEqual({ probabilities: [], start: 0 });
  });
});

describe('consensus', () => {
  const cases: [row: number[], letter: string][] = [
    [[1, 0, 0, 0], 'A'],
    [[0.5, 0.25, 0.25, 0], 'A'], // at least half and twice the next
    [[0.5, 0.3, 0.2, 0], 'M'], // half, but not twice; two have more than ¾
    [[0.4, 0, 0.4, 0.2], 'R'],
    [[0.4, 0.3, 0.3, 0], 'V'], // two have only 0.7, and T never occurs
    [[0.4, 0.2, 0.2, 0.2], 'N'],
    [[4, 16, 0, 0], 'C'], // counts
    [[0, 0, 30, 30], 'K'],
  ];
  for (const [probabilities, letter] of cases) {
    it(`${probabilities.join(' ')} is ${letter}`, () => expect(consensus([probabilities])).toBe(letter));
  }

  it('by majority takes the first of equals', () => {
    expect(
      majority([
        [0.1, 0.2, 0.3, 0.4],
        [0.1, 0.4, 0.4, 0.1],
        [0, 0, 0, 9],
      ]),
    ).toBe('TCT');
  });

  it('of the other strand is the complement', () => {
    fc.assert(
      fc.property(ppm({ minLength: 0, maxLength: 12 }), (matrix) => {
        expect(consensus(reverseComplementMatrix(matrix))).toBe(reverseComplement(consensus(matrix)));
      }),
      seed,
    );
  });
});

describe('scanning', () => {
  it('finds a word where it is, on either strand', () => {
    const weights = logOdds(toProbabilities(spelled('GATTACA'), { pseudocount: 0.1 }));
    expect(bestSite('CCGATTACACC', weights)).toMatchObject({ position: 2, strand: '+' });
    expect(bestSite(`CCC${reverseComplement('GATTACA')}CC`, weights)).toMatchObject({ position: 3, strand: '-' });
    expect(bestSite('ccgattacacc', weights).score).toBe(bestSite('CCGATTACACC', weights).score);
    expect(bestSite(`CCC${reverseComplement('GATTACA')}CC`, weights, ['+']).strand).toBe('+');
  });

  it('scores codes for several letters by their mean', () => {
    const weights = [[1, 2, 3, 4]];
    expect([...scanSequence('ACGTRN', weights)]).toEqual([1, 2, 3, 4, 2, 2.5]);
    expect([...scanSequence('AC', [[1, -Infinity, 0, 0]])]).toEqual([1, -Infinity]);
  });

  it('scores the reverse strand as the forward strand of the reverse complement', () => {
    fc.assert(
      fc.property(letters(6), ppm({ minLength: 1, maxLength: 6 }), (sequence, matrix) => {
        const weights = logOdds(matrix);
        const turned = [...scanSequence(reverseComplement(sequence), weights, '+')].reverse();
        scanSequence(sequence, weights, '-').forEach((score, i) => expect(score).toBeCloseTo(turned[i], 9));
      }),
      seed,
    );
  });

  it('refuses what is shorter than the motif or no DNA', () => {
    expect(() => scanSequence('AC', spelled('ACG'))).toThrow('the motif has 3 positions, the sequence 2 letters');
    expect(() => scanSequence('ACXG', spelled('ACG'))).toThrow(
      'scanSequence: "X" at position 3 is not an IUPAC DNA letter',
    );
  });
});

describe('compareMotifs', () => {
  it('finds offset and strand', () => {
    const flank = [0.25, 0.25, 0.25, 0.25];
    const target = [flank, flank, ...spelled('GATTACAGGT'), flank];
    expect(compareMotifs(spelled('GATTACAGGT'), target)).toEqual({ pearson: 1, offset: 2, strand: '+', columns: 10 });
    expect(compareMotifs(spelled(reverseComplement('GATTACAGGT')), target)).toEqual({
      pearson: 1,
      offset: 2,
      strand: '-',
      columns: 10,
    });
    expect(compareMotifs(target, spelled('GATTACAGGT'))).toEqual({ pearson: 1, offset: -2, strand: '+', columns: 10 });
  });

  it('needs the minimum overlap, or all of a narrower motif', () => {
    const [query, target] = [spelled('GATTACAC'), spelled('TTACACGGTGCC')];
    expect(compareMotifs(query, target, { minimumOverlap: 6 })).toEqual({
      pearson: 1,
      offset: -2,
      strand: '+',
      columns: 6,
    });
    expect(compareMotifs(query, target).pearson).toBeLessThan(0.9);
    expect(compareMotifs(spelled('ACA'), target)).toEqual({ pearson: 1, offset: 2, strand: '+', columns: 3 });
  });

  it('is Pearson by hand, and 0 for a motif without any preference', () => {
    // Deviations from ¼: a (.75, −.25, −.25, −.25), b (.25, −.05, −.1, −.1); Σab = .25, Σa² = .75, Σb² = .085
    expect(compareMotifs([[1, 0, 0, 0]], [[0.5, 0.2, 0.15, 0.15]]).pearson).toBeCloseTo(
      0.25 / Math.sqrt(0.75 * 0.085),
      12,
    );
    expect(compareMotifs([[0.25, 0.25, 0.25, 0.25]], [[1, 0, 0, 0]]).pearson).toBe(0);
    expect(() => compareMotifs([], [[1, 0, 0, 0]])).toThrow('a motif has no positions');
  });

  it('is symmetric, and does not mind turning both', () => {
    const matrix = ppm({ minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(matrix, matrix, (a, b) => {
        const { pearson } = compareMotifs(a, b);
        expect(compareMotifs(b, a).pearson).toBeCloseTo(pearson, 9);
        expect(compareMotifs(reverseComplementMatrix(a), reverseComplementMatrix(b)).pearson).toBeCloseTo(pearson, 9);
        expect(compareMotifs(a, a)).toEqual({ pearson: 1, offset: 0, strand: '+', columns: a.length });
      }),
      seed,
    );
  });

  it.skipIf(!dataFolder)('finds motifs of JASPAR 2018 in JASPAR 2022 by their matrix', () => {
    const library = readJaspar(readFileSync(dataPath('motifs_jaspar/JASPAR2022_vertebrates.pfm'), 'utf8'));
    const older = readJaspar(readFileSync(dataPath('motifs_jaspar/JASPAR2018_vertebrates.pfm'), 'utf8'));
    for (const name of ['CTCF', 'TBP', 'NFE2']) {
      const query = reverseComplementMatrix(older.find((motif) => motif.name === name)!.probabilities);
      const { motif, pearson, offset, strand, columns } = bestMatch(query, library);
      expect([motif.name, offset, strand, columns]).toEqual([name, 0, '-', query.length]);
      expect(pearson).toBeGreaterThan(0.9999);
    }
    expect(() => bestMatch(spelled('ACG'), [])).toThrow('the library has no motifs');
  });
});

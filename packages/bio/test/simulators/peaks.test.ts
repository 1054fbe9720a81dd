import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  bestSite,
  compareMotifs,
  countLetters,
  dinucleotideShuffle,
  HUMAN_DINUCLEOTIDES,
  informationContent,
  logOdds,
  reverseComplement,
  simulateGenome,
  simulateMotif,
  simulatePeaks,
  toProbabilities,
} from '../../src/index';

/** The share of pairs in which the positive scores higher; here no two scores are equal. */
function auroc(positives: number[], negatives: number[]): number {
  const ranked = [
    ...positives.map((score) => ({ score, isPositive: true })),
    ...negatives.map((score) => ({ score, isPositive: false })),
  ];
  ranked.sort((a, b) => a.score - b.score);
  let [below, pairs] = [0, 0];
  for (const { isPositive } of ranked) {
    if (isPositive) pairs += below;
    else below++;
  }
  return pairs / (positives.length * negatives.length);
}

describe('simulateGenome', () => {
  it('has the dinucleotides of the table', () => {
    const sequence = simulateGenome(200_000, new Rng(1));
    const total = HUMAN_DINUCLEOTIDES.flat().reduce((sum, count) => sum + count, 0);
    [...'ACGT'].forEach((first, i) =>
      [...'ACGT'].forEach((second, j) => {
        const count = sequence.match(new RegExp(`(?=${first}${second})`, 'g'))!.length;
        expect(Math.abs(count / 200_000 - HUMAN_DINUCLEOTIDES[i][j] / total)).toBeLessThan(0.003); // 4 standard deviations
      }),
    );
  });
});

describe('simulateMotif', () => {
  for (const [width, bits] of [
    [10, 12],
    [6, 11.5],
    [19, 5],
    [4, 0],
  ]) {
    it(`of ${width} positions has ${bits} bits`, () => {
      const motif = simulateMotif({ width, bits, rng: new Rng(4) });
      expect(motif).toHaveLength(width);
      expect(informationContent(motif)).toBeCloseTo(bits, 9);
      for (const row of motif) expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    });
  }

  it('refuses more bits than there is room for', () => {
    expect(() => simulateMotif({ width: 5, bits: 10, rng: new Rng(1) })).toThrow(
      '5 positions hold 0 to 10 bits, got 10',
    );
  });
});

describe('simulatePeaks', () => {
  const { sequences, sites, motif } = simulatePeaks({ rng: new Rng(2) });

  it('plants what it says where it says', () => {
    expect([sequences.length, motif.length, sites.filter((site) => site === null).length]).toEqual([2000, 10, 300]);
    expect(sequences.every((sequence) => /^[ACGT]{200}$/.test(sequence))).toBe(true);
    sites.forEach((site, i) => {
      if (site) expect(sequences[i].slice(site.position, site.position + 10)).toBe(site.letters);
    });
  });

  it('plants the motif, on both strands and everywhere', () => {
    const planted = sites.filter((site) => site !== null);
    const forward = planted.filter(({ strand }) => strand === '+');
    expect(Math.abs(forward.length - 850)).toBeLessThan(100); // 5 standard deviations of 20.6
    const read = planted.map(({ strand, letters }) => (strand === '+' ? letters : reverseComplement(letters)));
    const { pearson, offset, strand } = compareMotifs(toProbabilities(countLetters(read), { pseudocount: 0 }), motif, {
      minimumOverlap: 10,
    });
    expect(pearson).toBeGreaterThan(0.999);
    expect([offset, strand]).toEqual([0, '+']);
    const positions = planted.map(({ position }) => position);
    expect([Math.min(...positions), Math.max(...positions)]).toEqual([0, 190]);
  });

  it('depends on the generator only, and takes a motif', () => {
    expect(simulatePeaks({ rng: new Rng(2) }).sequences).toEqual(sequences);
    const all = simulatePeaks({
      rng: new Rng(5),
      count: 20,
      lengthBp: 8,
      empty: 0,
      motif: [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ],
    });
    expect(all.sequences.every((sequence) => /AC|GT/.test(sequence) && sequence.length === 8)).toBe(true);
    expect(() => simulatePeaks({ rng: new Rng(5), lengthBp: 9 })).toThrow(
      'a motif of 10 positions does not fit into 9 bp',
    );
  });

  for (const seed of [1, 2, 3]) {
    it(`leaves the true matrix an AUROC between 0.8 and 0.92 against dinucleotide shuffles (seed ${seed})`, () => {
      const rng = new Rng(seed);
      const peaks = simulatePeaks({ rng });
      const weights = logOdds(peaks.motif);
      const scores = (all: readonly string[]) => all.map((sequence) => bestSite(sequence, weights).score);
      const shuffled = peaks.sequences.map((sequence) => dinucleotideShuffle(sequence, rng));
      const value = auroc(scores(peaks.sequences), scores(shuffled));
      expect(value).toBeGreaterThan(0.8);
      expect(value).toBeLessThan(0.92);
    });
  }
});

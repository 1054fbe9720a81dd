import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  HUMAN_DINUCLEOTIDES,
  ISLAND_DINUCLEOTIDES,
  kmerSpectrum,
  reverseComplement,
  simulateBags,
  simulateHistoneMarks,
  simulateMethylatedSites,
  simulateRegulatory,
  simulateTasks,
} from '../../src/index';
import { placesOf } from '../../src/simulators/sequence-with';
import { mean } from './statistics';

const onEither = (word: string, sequence: string) =>
  [...placesOf(word, sequence), ...placesOf(reverseComplement(word), sequence)].sort((a, b) => a - b);

describe('the dinucleotides of an island', () => {
  it('have CG as often as GC, and more C and G than the genome', () => {
    expect(ISLAND_DINUCLEOTIDES[1][2]).toBeCloseTo(2 * HUMAN_DINUCLEOTIDES[2][1], 9); // twice: √2 for each of the two
    expect(ISLAND_DINUCLEOTIDES[2][1]).toBeCloseTo(2 * HUMAN_DINUCLEOTIDES[2][1], 9);
    expect(ISLAND_DINUCLEOTIDES[0][3]).toBeCloseTo(HUMAN_DINUCLEOTIDES[0][3] / 2, 9);
  });
});

describe('simulateRegulatory', () => {
  const elements = simulateRegulatory({ rng: new Rng(1), count: 600 });
  const promoters = elements.filter(({ kind }) => kind === 'promoter');
  const enhancers = elements.filter(({ kind }) => kind === 'enhancer');

  it('has the motifs and the box where it says, and nowhere else', () => {
    for (const { sequence, motifs, tata, cpgDensity } of elements) {
      expect(onEither('TGAGTCA', sequence)).toEqual(motifs);
      expect(onEither('TATAAAAG', sequence)).toEqual(tata < 0 ? [] : [tata]);
      expect(cpgDensity).toBe(kmerSpectrum(sequence, 2)[6] / 500); // CG is 1·4 + 2
    }
  });

  it('puts the box 31 letters before the start, in half of the promoters and in no enhancer', () => {
    expect(new Set(promoters.map(({ tata }) => tata))).toEqual(new Set([-1, 369]));
    expect(Math.abs(promoters.filter(({ tata }) => tata > 0).length - 150)).toBeLessThan(44); // 5 standard deviations
    expect(enhancers.every(({ tata }) => tata === -1)).toBe(true);
  });

  it('has more CpG in promoters and more motifs in enhancers', () => {
    expect(mean(promoters.map(({ cpgDensity }) => cpgDensity))).toBeGreaterThan(
      5 * mean(enhancers.map(({ cpgDensity }) => cpgDensity)),
    );
    expect(new Set(enhancers.map(({ motifs }) => motifs.length))).toEqual(new Set([2, 3, 4, 5, 6]));
    expect(new Set(promoters.map(({ motifs }) => motifs.length))).toEqual(new Set([0, 1, 2]));
    expect(() => simulateRegulatory({ rng: new Rng(1), startBp: 20 })).toThrow('a start from 31 to 500 bp, got 20');
  });
});

describe('simulateHistoneMarks', () => {
  const painted = simulateHistoneMarks({ rng: new Rng(2), lengthBp: 40_000, islands: 10, strayMotifs: 8 });
  const { sequence, islands, motifs, marks } = painted;

  it('marks exactly the letters of islands with a motif within 500 bp', () => {
    const inIsland = (at: number) => islands.some(([start, end]) => start <= at && at < end);
    const expected = Array.from({ length: 40_000 }, (_, at) =>
      inIsland(at) && motifs.some((motif) => Math.abs(motif - at) <= 500) ? 1 : 0,
    );
    expect(Array.from(marks)).toEqual(expected);
    expect(onEither('CCGGAAGTG', sequence)).toEqual(motifs);
    expect(motifs).toHaveLength(5 + 8);
  });

  it('leaves islands without a mark, marks far from a motif, and motifs without a mark', () => {
    const isBare = ([start, end]: readonly [number, number]) => !marks.subarray(start, end).includes(1);
    expect(islands.filter(isBare).length).toBeGreaterThan(0);
    expect(islands.filter((island) => !isBare(island)).length).toBeGreaterThanOrEqual(5);
    const distance = (at: number) => Math.min(...motifs.map((motif) => Math.abs(motif - at)));
    const far = Array.from(marks.keys()).filter((at) => marks[at] === 1 && distance(at) > 400);
    expect(far.length).toBeGreaterThan(100);
    expect(motifs.some((motif) => marks[motif] === 0)).toBe(true);
  });

  it('has CpG where the islands are', () => {
    const density = (text: string) => placesOf('CG', text).length / text.length;
    const inside = islands.map(([start, end]) => sequence.slice(start, end)).join('');
    expect(density(inside)).toBeGreaterThan(5 * density(sequence.slice(0, islands[0][0])));
    expect(() => simulateHistoneMarks({ rng: new Rng(1), lengthBp: 900 })).toThrow('do not fit into 900 bp');
  });
});

describe('simulateMethylatedSites', () => {
  const { sequences, methylation, sites, labels } = simulateMethylatedSites({ rng: new Rng(3), count: 2000 });

  it('binds exactly the methylated sites', () => {
    sequences.forEach((sequence, i) => {
      expect(onEither('GCCGAATT', sequence)).toEqual(sites[i] < 0 ? [] : [sites[i]]);
      expect(labels[i]).toBe(sites[i] < 0 ? 0 : methylation[i][sites[i] + 2]);
    });
    expect(sites.filter((at) => at < 0)).toHaveLength(500);
  });

  it('methylates C of CG only, half of them, in a site or not', () => {
    const states: number[] = [];
    sequences.forEach((sequence, i) => {
      const cpgs = placesOf('CG', sequence);
      states.push(...cpgs.map((at) => methylation[i][at]));
      expect(methylation[i].reduce((sum, value) => sum + value, 0)).toBe(
        cpgs.filter((at) => methylation[i][at] === 1).length,
      );
    });
    expect(Math.abs(mean(states) - 0.5)).toBeLessThan(0.03); // over 10 000 CpGs
    expect(Math.abs(mean(labels) - 0.375)).toBeLessThan(0.06); // half of three quarters; 5 standard errors
    expect(() => simulateMethylatedSites({ rng: new Rng(1), site: 'CGCG' })).toThrow('a site with one CG');
  });
});

describe('simulateBags', () => {
  it('has the motif once, whole, in the window that it names', () => {
    const { sequences, labels, windows } = simulateBags({ rng: new Rng(4), count: 400 });
    sequences.forEach((sequence, i) => {
      const places = onEither('TGAGTCAT', sequence);
      expect(sequence).toHaveLength(600);
      expect(places.map((at) => Math.floor(at / 60))).toEqual(labels[i] ? [windows[i]] : []);
      expect(places.map((at) => Math.floor((at + 7) / 60))).toEqual(labels[i] ? [windows[i]] : []);
      expect(windows[i] >= 0).toBe(labels[i] === 1);
    });
    expect(new Set(windows.filter((window) => window >= 0)).size).toBe(10);
  });
});

describe('simulateTasks', () => {
  const options = { factors: 4, cellTypes: 3, count: 500, missing: 0.3, labelled: { 5: 20 } };
  const { sequences, motifs, isActive, labels, truth } = simulateTasks({ rng: new Rng(5), ...options });

  it('says bound where the motif stands and the factor is made', () => {
    sequences.forEach((sequence, row) => {
      for (let task = 0; task < 12; task++) {
        const hasMotif = onEither(motifs[Math.floor(task / 3)], sequence).length > 0;
        expect(truth[row * 12 + task]).toBe(hasMotif && isActive[task] === 1 ? 1 : 0);
      }
    });
    expect(new Set(isActive)).toEqual(new Set([0, 1]));
  });

  it('leaves out labels as it was told, and never changes one', () => {
    const known = (task: number) => Array.from(sequences.keys()).filter((row) => labels[row * 12 + task] >= 0).length;
    expect(known(5)).toBeLessThanOrEqual(20);
    expect(known(5)).toBeGreaterThan(5);
    for (let task = 0; task < 12; task++) if (task !== 5) expect(Math.abs(known(task) - 350)).toBeLessThan(52);
    labels.forEach((label, i) => expect(label === -1 || label === truth[i]).toBe(true));
  });
});

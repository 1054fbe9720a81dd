import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  jc69,
  kmerCounts,
  pDistance,
  randomTree,
  rna,
  simulateEpitopes,
  simulateHairpins,
  simulateHalfLives,
  simulateOrthologs,
  simulatePair,
  taxaOf,
} from '../../src/index';
import { placesOf } from '../../src/simulators/sequence-with';
import { mean, sd } from './statistics';

/** The pairs of a fold, by a stack of open brackets. */
function pairsOf(structure: string): [number, number][] {
  const open: number[] = [];
  const pairs: [number, number][] = [];
  [...structure].forEach((mark, i) => {
    if (mark === '(') open.push(i);
    if (mark === ')') pairs.push([open.pop()!, i]);
  });
  expect(open).toEqual([]);
  return pairs;
}

describe('simulateHairpins', () => {
  const hairpins = simulateHairpins({ rng: new Rng(1), count: 100, families: 10 });
  const of = (kind: string) => hairpins.filter((hairpin) => hairpin.kind === kind);

  it('folds as it says, with pairs that can form', () => {
    for (const { sequence, structure, kind } of hairpins) {
      if (kind === 'shuffled') continue;
      expect(structure).toHaveLength(sequence.length);
      for (const [i, j] of pairsOf(structure)) expect(['AU', 'UA', 'GC', 'CG', 'GU', 'UG']).toContain(sequence[i] + sequence[j]); // prettier-ignore
    }
  });

  it('has long stems in precursors and short ones in what looks like them', () => {
    const stems = (kind: string) => of(kind).map(({ structure }) => pairsOf(structure).length);
    expect(Math.min(...stems('precursor'))).toBeGreaterThan(Math.max(...stems('pseudo')));
    expect(Math.max(...stems('pseudo'))).toBeLessThanOrEqual(13);
    expect(mean(stems('precursor'))).toBeGreaterThan(20);
  });

  it('shuffles each precursor with its dinucleotides, and keeps the length of both negatives', () => {
    of('precursor').forEach(({ sequence, family }, i) => {
      const [shuffled, pseudo] = [of('shuffled')[i], of('pseudo')[i]];
      expect([shuffled.sequence.length, pseudo.sequence.length]).toEqual([sequence.length, sequence.length]);
      expect(kmerCounts(shuffled.sequence, { k: 2, alphabet: rna })).toEqual(
        kmerCounts(sequence, { k: 2, alphabet: rna }),
      );
      expect([shuffled.family, pseudo.family, i % 10]).toEqual([family, family, family]);
    });
  });

  it('makes families: members share more 8-mers than strangers', () => {
    const words = of('precursor').map(({ sequence }) => new Set(sequence.match(/(?=(.{8}))/g)!.map((_, i) => sequence.slice(i, i + 8)))); // prettier-ignore
    const shared = (i: number, j: number) => [...words[i]].filter((word) => words[j].has(word)).length;
    const within = Array.from({ length: 90 }, (_, i) => shared(i, i + 10));
    const between = Array.from({ length: 90 }, (_, i) => shared(i, i + 1));
    expect(mean(within)).toBeGreaterThan(10 * mean(between) + 1);
  });
});

describe('simulateHalfLives', () => {
  const { sequences, copies, expected, logHalfLives, ceiling } = simulateHalfLives({ rng: new Rng(2), count: 2000 });

  it('counts the elements that there are', () => {
    sequences.forEach((sequence, i) => {
      expect(sequence).toMatch(/^[ACGU]{160}$/);
      expect(Array.from(copies.subarray(3 * i, 3 * i + 3))).toEqual(
        ['UAUUUAU', 'UGUAAAUA', 'CCUCCC'].map((word) => placesOf(word, sequence).length),
      );
      const [are, pum, c] = copies.subarray(3 * i, 3 * i + 3);
      expect(expected[i]).toBeCloseTo(Math.log(6) - 0.5 * are - 0.3 * pum + 0.3 * c, 12);
    });
    expect(new Set(Array.from(sequences.keys(), (i) => mean(copies.subarray(3 * i, 3 * i + 3)) * 3))).toEqual(new Set([0, 1, 2, 3, 4])); // prettier-ignore
  });

  it('has the noise and the ceiling that follow', () => {
    expect(Math.abs(sd(logHalfLives.map((value, i) => value - expected[i])) - 0.2)).toBeLessThan(0.016);
    expect(ceiling).toBeCloseTo(sd(expected) / Math.hypot(sd(expected), 0.2), 2); // √(signal / (signal + noise))
    expect(simulateHalfLives({ rng: new Rng(3), noiseSd: 0 }).ceiling).toBeCloseTo(1, 12);
  });
});

describe('simulateEpitopes', () => {
  const { sequences, labels, contacts } = simulateEpitopes({ rng: new Rng(4), count: 600 });

  it('has the epitope once in proteins that are bound, and never in others', () => {
    sequences.forEach((sequence, i) => {
      expect(sequence).toMatch(/^[ACDEFGHIKLMNPQRSTVWY]{60}$/);
      const places = [...sequence.matchAll(/(?=W..K.Y)/g)].map(({ index }) => index);
      expect(places).toHaveLength(labels[i]);
      const touched = Array.from(contacts[i].keys()).filter((at) => contacts[i][at] === 1);
      expect(touched).toEqual(places.flatMap((at) => [at, at + 3, at + 5]));
    });
  });

  it('has the same residues in both', () => {
    const share = (label: number) => mean(sequences.filter((_, i) => labels[i] === label).map((s) => s.split('W').length - 1)); // prettier-ignore
    expect(Math.abs(share(1) - share(0))).toBeLessThan(0.7); // 300 each of mean 3.9 and sd 1.7: 5 standard errors
    expect(() => simulateEpitopes({ rng: new Rng(1), epitope: 'W' })).toThrow("below 60, got 'W'");
  });
});

describe('simulatePair', () => {
  for (const identity of [0.5, 0.8, 1]) {
    it(`has ${100 * identity} % of its letters equal`, () => {
      const { alignment, sequences } = simulatePair({ rng: new Rng(5), identity, lengthBp: 20_000 });
      const [a, b] = alignment.map(({ sequence }) => sequence);
      expect(Math.abs(1 - pDistance(a, b) - identity)).toBeLessThan(0.02);
      expect([a, b].map((row) => row.replaceAll('-', ''))).toEqual(sequences.map(({ sequence }) => sequence));
      if (identity < 1) expect(a.includes('-') && b.includes('-')).toBe(true);
    });
  }

  it('refuses what no evolution reaches', () => {
    expect(() => simulatePair({ rng: new Rng(1), identity: 0.25 })).toThrow('above 0.25 and up to 1, got 0.25');
  });
});

describe('simulateOrthologs', () => {
  it('varies in loose columns, and hardly in conserved ones', () => {
    const rng = new Rng(6);
    const tree = randomTree({ rng, taxa: 10, meanLength: 0.1 });
    const { alignment, isConserved } = simulateOrthologs({ rng, tree, stretches: 40, model: jc69() });
    expect(alignment.map(({ id }) => id)).toEqual(taxaOf(tree));
    expect(alignment.every(({ sequence }) => sequence.length === isConserved.length)).toBe(true);
    const isVaried = Array.from(
      isConserved.keys(),
      (at) => new Set(alignment.map(({ sequence }) => sequence[at])).size > 1,
    );
    const share = (conserved: number) => mean(isVaried.filter((_, at) => isConserved[at] === conserved).map(Number));
    expect(share(1)).toBeLessThan(0.3);
    expect(share(0)).toBeGreaterThan(0.9);
  });
});

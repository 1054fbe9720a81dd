import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { type ActivationBatch, coActivation, filterSpacing, maximaToMotifs } from '../src/index';
import { benjaminiHochberg } from '../src/filters/false-discovery';

/** Maps [sequence][filter][position] of sequences of As, as a batch. */
function batchOf(maps: number[][][]): ActivationBatch {
  const [filters, positions] = [maps[0].length, maps[0][0].length];
  const activations = maps.flatMap((own) =>
    Array.from({ length: positions * filters }, (_, i) => own[i % filters][Math.floor(i / filters)]),
  );
  return { sequences: maps.map(() => 'A'.repeat(positions)), activations, shape: [maps.length, positions, filters] };
}

const binary = (text: string): number[] => [...text].map(Number);

describe('maximaToMotifs', () => {
  it('takes the first of the strongest of each sequence', () => {
    const batch = {
      sequences: ['ACGT', 'CCAA', 'GGGG'],
      activations: [1, 3, 2, 3, 0, 2, 5, 0, 0, 0, -1, 0],
      shape: [3, 4, 1],
    };
    const [motif] = maximaToMotifs(batch, { width: 1 });
    expect(motif.counts).toEqual([[2, 2, 1, 1]]); // C of the first, A of the second; the third is silent
    expect([motif.sites, motif.threshold, motif.positions]).toEqual([2, 3, 12]);
  });

  it('reaches below 0 on request', () => {
    const batch = { sequences: ['ACGT'], activations: [-3, -2, -1, -4], shape: [1, 4, 1] };
    expect(maximaToMotifs(batch, { width: 1 })).toEqual([]);
    expect(maximaToMotifs(batch, { width: 1, floor: -Infinity })[0].counts).toEqual([[1, 1, 2, 1]]);
  });

  it('looks only at windows inside the sequence', () => {
    const batch = { sequences: ['ACG'], activations: [1, 0, 9, 9], shape: [1, 4, 1] };
    expect(maximaToMotifs(batch, { width: 2 })[0].counts[0]).toEqual([2, 1, 1, 1]);
  });
});

describe('filterSpacing', () => {
  const options = { width: 1, thresholds: [0.5, 0.5] };

  it('counts pairs at each distance against chance in each sequence', () => {
    const batch = batchOf([
      [binary('0100100000'), binary('0001001000')],
      [binary('1000000000'), binary('0010000001')],
    ]);
    const spacing = filterSpacing(batch, { ...options, filters: [0, 1], maxOffset: 3 });
    expect(spacing.map(({ offset, pairs }) => [offset, pairs])).toEqual([
      [-3, 0],
      [-2, 0],
      [-1, 1], // 4 and 3
      [0, 0],
      [1, 0],
      [2, 3], // 1 and 3, 4 and 6; 0 and 2
      [3, 0],
    ]);
    // (2 · 2 + 1 · 2) · 8 / 10²
    const two = spacing[5];
    expect(two.expected).toBeCloseTo(0.48, 12);
    expect(two.enrichment).toBeCloseTo(3 / 0.48, 12);
    expect(two.z).toBeCloseTo((3 - 0.48) / Math.sqrt(0.48), 12);
  });

  it('leaves a place and itself out of what is expected', () => {
    const batch = batchOf([[binary('0110010000')]]);
    const spacing = filterSpacing(batch, { width: 1, thresholds: [0.5], filters: [0, 0], maxOffset: 1 });
    expect(spacing.map(({ pairs }) => pairs)).toEqual([1, 3, 1]);
    expect(spacing[1]).toMatchObject({ expected: 3, enrichment: 1, z: 0 });
    expect(spacing[2].expected).toBeCloseTo((3 * 2 * 9) / (10 * 9), 12);
  });

  it('expects what random places give', () => {
    const rng = new Rng(3);
    const places = (count: number) => rng.shuffle(Array.from({ length: 20 }, (_, i) => Number(i < count)));
    const batch = batchOf(Array.from({ length: 4000 }, () => [places(3), places(5)]));
    for (const { pairs, expected } of filterSpacing(batch, { ...options, filters: [0, 1], maxOffset: 15 })) {
      expect(Math.abs(pairs - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
    for (const { pairs, expected } of filterSpacing(batch, { ...options, filters: [1, 1], maxOffset: 15 })) {
      expect(Math.abs(pairs - expected)).toBeLessThan(5 * Math.sqrt(expected)); // both orders of a pair count alike
    }
  });

  it('correlates the activations', () => {
    // The second filter is 3 − 2 times the first, one position later.
    const first = [1, 4, 2, 8, 5, 7];
    const batch = batchOf([[first, [100, ...first.slice(0, 5).map((value) => 3 - 2 * value)]]]);
    const spacing = filterSpacing(batch, { width: 1, filters: [0, 1], maxOffset: 1 });
    expect(spacing[2].correlation).toBeCloseTo(-1, 12);
    expect(Math.abs(spacing[0].correlation)).toBeLessThan(0.99);
    const constant = batchOf([[first, first.map(() => 2)]]);
    expect(filterSpacing(constant, { width: 1, filters: [0, 1], maxOffset: 0 })[0].correlation).toBe(0);
  });

  it('mirrors itself when the filters change places', () => {
    const rng = new Rng(5);
    const maps = Array.from({ length: 6 }, () => [0, 1].map(() => Array.from({ length: 9 }, () => rng.next())));
    const there = filterSpacing(batchOf(maps), { width: 1, filters: [0, 1], maxOffset: 4 });
    const back = filterSpacing(batchOf(maps), { width: 1, filters: [1, 0], maxOffset: 4 }).reverse();
    there.forEach((spacing, i) => {
      expect(spacing.pairs).toBe(back[i].pairs);
      expect(spacing.expected).toBeCloseTo(back[i].expected, 12);
      expect(spacing.correlation).toBeCloseTo(back[i].correlation, 10);
    });
  });

  it('looks at no position past the end of a padded sequence', () => {
    const batch = { sequences: ['AAA'], activations: [1, 1, 0, 0, 9, 9, 9, 9], shape: [1, 4, 2] };
    const [{ pairs, expected }] = filterSpacing(batch, { ...options, filters: [0, 1], maxOffset: 0 });
    expect([pairs, expected]).toEqual([2, (2 * 2 * 3) / 9]);
  });

  it('says what is wrong', () => {
    const batch = batchOf([[[1, 2], [3, 4]]]); // prettier-ignore
    const ask = (filters: [number, number], maxOffset: number) => () =>
      filterSpacing(batch, { width: 1, filters, maxOffset });
    expect(ask([0, 2], 1)).toThrow('filterSpacing: expected filters from 0 to 1, got 0 and 2');
    expect(ask([0, 1], -1)).toThrow('expected a maxOffset of 0 or more, got -1');
    const few = { width: 1, filters: [0, 1] as const, maxOffset: 0, thresholds: [1] };
    expect(() => filterSpacing(batch, few)).toThrow('expected 2 thresholds, one for each filter, got 1');
  });
});

describe('benjaminiHochberg', () => {
  it('is the least m·p / rank of what is not smaller', () => {
    // 4 · 0.04 / 4 = 0.04 undercuts 4 · 0.03 / 2 and 4 · 0.035 / 3; 0.01 has 0.04 of its own
    expect(benjaminiHochberg([0.03, 0.01, 0.04, 0.035])).toEqual([0.04, 0.04, 0.04, 0.04]);
    expect(benjaminiHochberg([0.5, 0.001])).toEqual([0.5, 0.002]);
    expect(benjaminiHochberg([1, 0.9])).toEqual([1, 1]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('coActivation', () => {
  const options = { width: 1, thresholds: [0.5, 0.5, 0.5] };
  /** 100 sequences of one position: filters 0 and 1 in the same 20, filter 2 in 30 that have little to do with them. */
  const batch = batchOf(
    Array.from({ length: 100 }, (_, i) => [[Number(i < 20)], [Number(i < 20)], [Number(i % 10 < 3)]]),
  );

  it('finds filters that find things together', async () => {
    const { active, pairs } = await coActivation(batch, { ...options, permutations: 999, rng: new Rng(1) });
    expect(active).toEqual([20, 20, 30]);
    expect(pairs[0]).toMatchObject({ filters: [0, 1], sequences: 20 });
    expect(pairs.slice(1).map(({ filters }) => filters.join()).sort()).toEqual(['0,2', '1,2']); // prettier-ignore
    expect(pairs.slice(1).map(({ sequences }) => sequences)).toEqual([6, 6]);
    expect(pairs[0].p).toBe(1 / 1000);
    expect(pairs[0].q).toBeCloseTo(3 / 1000, 12);
    // Of 100 sequences 20 and 20 share hypergeometrically many: mean 4, variance 4 · 0.8 · 80 / 99 = 2.586
    expect(Math.abs(pairs[0].expected - 4)).toBeLessThan(4 * Math.sqrt(2.586 / 999));
    expect(Math.abs(pairs[0].z - 16 / Math.sqrt(2.586))).toBeLessThan(1);
    for (const { p, expected, z } of pairs.slice(1)) {
      expect(p).toBeGreaterThan(0.3); // as many as expected: more than half of all shuffles
      expect(Math.abs(expected - 6)).toBeLessThan(0.3);
      expect(Math.abs(z)).toBeLessThan(0.2);
    }
  });

  it('has uniform p-values where there is nothing, or larger', async () => {
    const rng = new Rng(9);
    const random = batchOf(
      Array.from({ length: 80 }, () => Array.from({ length: 25 }, () => [Number(rng.next() < 0.4)])),
    );
    const thresholds = new Array<number>(25).fill(0.5);
    const { pairs } = await coActivation(random, { width: 1, thresholds, permutations: 200, rng });
    expect(pairs).toHaveLength(300);
    // Of 300 p-values that are at most as often small as uniform ones 30 are expected below 0.1, ± 5.2.
    expect(pairs.filter(({ p }) => p <= 0.1).length).toBeLessThan(30 + 4 * 5.2);
    expect(pairs.filter(({ q }) => q < 0.05)).toEqual([]);
  });

  it('says nothing of filters that are always or never active', async () => {
    const flat = batchOf(Array.from({ length: 40 }, (_, i) => [[1], [0], [i % 2]]));
    const { pairs } = await coActivation(flat, { ...options, permutations: 50, rng: new Rng(2) });
    for (const { p, z } of pairs) expect([p, z]).toEqual([1, 0]);
  });

  it('counts more than 32 sequences, and a sequence once', async () => {
    const often = batchOf(Array.from({ length: 70 }, () => [binary('1101'), binary('0011'), binary('0000')]));
    const { active, pairs } = await coActivation(often, { ...options, permutations: 5, rng: new Rng(3) });
    expect(active).toEqual([70, 70, 0]);
    expect(pairs.find(({ filters }) => filters.join() === '0,1')!.sequences).toBe(70);
  });

  it('gives the same for the same generator, and stops when asked', async () => {
    const run = () => coActivation(batch, { ...options, permutations: 20, rng: new Rng(4) });
    expect(await run()).toEqual(await run());
    const stopped = coActivation(batch, { ...options, rng: new Rng(4), signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    await expect(coActivation(batch, { ...options, permutations: 0, rng: new Rng(1) })).rejects.toThrow('of 1 or more');
  });
});

import { readFileSync } from 'node:fs';
import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clusterBySimilarity,
  collectFasta,
  leakageOf,
  protein,
  randomMutations,
  reverseComplement,
  simulateGenome,
  splitByGroup,
  splitBySimilarity,
} from '../../src/index';
import { dataFolder, dataPath } from '../support';

/** Families of sequences: an ancestor and its copies with a few letters changed, every other on the reverse strand. */
function families(count: number, size: number, rng: Rng) {
  return Array.from({ length: count }, (_, family) => {
    const ancestor = simulateGenome(200, rng);
    return Array.from({ length: size }, (_, i) => {
      const { sequence } = randomMutations(ancestor, { rng, substitution: 0.02 });
      return { family, sequence: i % 2 === 0 ? sequence : reverseComplement(sequence) };
    });
  }).flat();
}

/** The words of both strands, the plain way. */
const words = (sequence: string, k: number) =>
  new Set(
    [sequence, reverseComplement(sequence)].flatMap((strand) =>
      Array.from({ length: Math.max(strand.length - k + 1, 0) }, (_, i) => strand.slice(i, i + k)).map((word) => {
        const other = reverseComplement(word);
        return word < other ? word : other;
      }),
    ),
  );

describe('splitByGroup', () => {
  it('keeps groups whole and the order as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 12, maxLength: 60 }), fc.nat(), (groups, seed) => {
        fc.pre(
          new Set(groups).size > 2 &&
            Math.min(...[...new Set(groups)].map((g) => groups.filter((x) => x === g).length)) <= groups.length / 3,
        );
        const records = groups.map((group, i) => ({ group, i }));
        const { kept, heldOut } = splitByGroup(records, {
          groupOf: ({ group }) => group,
          share: 0.4,
          rng: new Rng(seed),
        });
        const sides = [kept, heldOut].map((side) => new Set(side.map(({ group }) => group)));
        expect([...sides[0]].filter((group) => sides[1].has(group))).toEqual([]);
        expect([...kept, ...heldOut].sort((a, b) => a.i - b.i)).toEqual(records);
        expect(heldOut.length).toBeGreaterThan(0);
        expect(heldOut.length).toBeLessThanOrEqual(Math.round(0.4 * records.length));
        for (const side of [kept, heldOut])
          expect(side.every(({ i }, at) => at === 0 || i > side[at - 1].i)).toBe(true);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('says where no split is', () => {
    const split = (groups: number[], share = 0.5) =>
      splitByGroup(groups, { groupOf: (g) => g, share, rng: new Rng(1) });
    expect(() => split([1, 1, 1])).toThrow('no way to hold out 50 % of 1 groups of 3 records, the largest of 3');
    expect(() => split([1, 2], 1)).toThrow('expected a share between 0 and 1, got 1');
  });
});

describe('clusters of similar sequences', () => {
  it('are the families that were made', () => {
    const records = families(12, 6, new Rng(9));
    const clusters = clusterBySimilarity(
      records.map(({ sequence }) => sequence),
      { threshold: 0.3 },
    );
    expect([...clusters]).toEqual(records.map(({ family }) => family));
  });

  it('join exactly what chains of pairs above the threshold join', () => {
    const rng = new Rng(10);
    const sequences = Array.from({ length: 40 }, () => simulateGenome(12 + rng.integer(20), rng));
    const [k, threshold] = [4, 0.27];
    const clusters = clusterBySimilarity(sequences, { k, threshold });
    const sets = sequences.map((sequence) => words(sequence, k));
    const alike = (i: number, j: number) => {
      const shared = [...sets[i]].filter((word) => sets[j].has(word)).length;
      return shared / (sets[i].size + sets[j].size - shared) >= threshold;
    };
    const expected = sequences.map((_, i) => i);
    for (let round = 0; round < 40; round++) {
      for (let i = 0; i < 40; i++)
        for (let j = 0; j < 40; j++) if (alike(i, j)) expected[i] = Math.min(expected[i], expected[j]);
    }
    const same = (numbers: ArrayLike<number>) =>
      Array.from({ length: 1600 }, (_, n) => numbers[Math.floor(n / 40)] === numbers[n % 40]);
    expect(same(clusters)).toEqual(same(expected));
    expect(new Set(clusters).size).toBeGreaterThan(3);
    expect(new Set(clusters).size).toBeLessThan(38);
  });

  it('see a piece of a longer sequence where told', () => {
    const whole = simulateGenome(400, new Rng(11));
    const pair = [whole, whole.slice(100, 160)];
    expect([...clusterBySimilarity(pair, { threshold: 0.9 })]).toEqual([0, 1]);
    expect([...clusterBySimilarity(pair, { threshold: 0.9, measure: 'containment' })]).toEqual([0, 0]);
  });

  it('take sequences too short for a word as they are', () => {
    expect([...clusterBySimilarity(['ACG', 'cgt', 'ACC'], { threshold: 0.5 })]).toEqual([0, 0, 1]);
    expect(() => clusterBySimilarity([], { threshold: 0 })).toThrow('a threshold above 0 and at most 1, got 0');
  });
});

describe('splitBySimilarity', () => {
  it('leaves no pair above the threshold between the parts, and says what is left', () => {
    const rng = new Rng(12);
    const records = families(20, 5, rng);
    const { kept, heldOut, clusters, leakage } = splitBySimilarity(records, { share: 0.3, threshold: 0.3, rng });
    expect([clusters, heldOut.length, kept.length, leakage.duplicates]).toEqual([20, 30, 70, 0]);
    expect(Math.max(...leakage.nearest)).toBeLessThan(0.3);
    const nearest = heldOut.map(({ sequence }) =>
      Math.max(
        ...kept.map((other) => {
          const [a, b] = [words(sequence, 8), words(other.sequence, 8)];
          const shared = [...a].filter((word) => b.has(word)).length;
          return shared / (a.size + b.size - shared);
        }),
      ),
    );
    nearest.forEach((similarity, i) => expect(leakage.nearest[i]).toBeCloseTo(similarity, 12));
  });

  it('shows the leak of a split at random', () => {
    const rng = new Rng(13);
    const records = families(20, 5, rng);
    const isHeldOut = (_: unknown, i: number) => i % 5 === 0;
    const parts = { kept: records.filter((r, i) => !isHeldOut(r, i)), heldOut: records.filter(isHeldOut) };
    expect(Math.min(...leakageOf(parts).nearest)).toBeGreaterThan(0.3);
    const twice = { kept: [{ sequence: 'acgtacgtacca' }], heldOut: [{ sequence: reverseComplement('ACGTACGTACCA') }] };
    expect(leakageOf(twice)).toEqual({ nearest: Float64Array.of(1), duplicates: 1 });
  });

  it.skipIf(!dataFolder)('parts the globins by families', async () => {
    const records = await collectFasta(readFileSync(dataPath('globins/globins630.fa')), { alphabet: 'any' });
    const clean = records.map(({ id, sequence }) => ({ id, sequence: sequence.replace(/[^A-Za-z]/g, '') }));
    const options = { share: 0.2, threshold: 0.25, rng: new Rng(1), alphabet: protein };
    const { kept, heldOut, clusters, leakage } = splitBySimilarity(clean, options);
    expect(kept.length + heldOut.length).toBe(630);
    expect(clusters).toBeGreaterThan(5);
    expect(Math.max(...leakage.nearest)).toBeLessThan(0.25);
    const atRandom = { kept: clean.filter((_, i) => i % 5 > 0), heldOut: clean.filter((_, i) => i % 5 === 0) };
    const { nearest } = leakageOf(atRandom, { alphabet: protein });
    expect(nearest.filter((similarity) => similarity >= 0.25).length / nearest.length).toBeGreaterThan(0.8);
  });
});

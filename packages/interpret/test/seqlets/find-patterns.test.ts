import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  alignMotifs,
  findPatterns,
  type Matrix,
  type Pattern,
  probabilities,
  reverseComplement,
  type Tracks,
} from '../../src/index';
import { asTracks, type Planted, sharp, simulated, type Site } from './simulated';

const gata: Planted = { probabilities: sharp('AGATAAGG', 0.9), gain: 1 };
const tal: Planted = { probabilities: sharp('CANATGTTC', 0.9), gain: 0.8 };
const repressor: Planted = { probabilities: sharp('TGACTCACG', 0.9), gain: -1 };
const chance = { noise: 0.2, length: 80, sequences: 300 };
const shuffled = simulated({ ...chance, seed: 77 });
const tracks = simulated({ ...chance, motifs: [gata, tal, repressor], share: 0.9 });
const found = findPatterns(tracks, { shuffled, fdr: 0.1 });

/** The planted motif's columns cut out of the pattern, on the strand of the motif. */
function core({ counts }: Pattern, motif: Matrix): number[][] {
  const { offset, reversed } = alignMotifs(motif, counts);
  const upright = reversed ? reverseComplement(counts) : counts;
  return probabilities(upright).slice(-offset, motif.length - offset);
}

const sitesOf = (motif: number): Site[] => tracks.sites.filter((site) => site.motif === motif);

describe('findPatterns', () => {
  it('finds what was planted, apart by sign', async () => {
    const { patterns } = await found;
    expect(patterns.map(({ positive }) => positive)).toEqual([true, true, false]);
    for (const [i, { probabilities: motif }] of [gata, tal, repressor].entries()) {
      const own = patterns.filter(({ counts }) => alignMotifs(counts, motif).similarity > 0.9);
      expect(own).toHaveLength(1);
      expect(own[0].positive).toBe(i < 2);
      // Letters are drawn about 90 times: a probability of 0.9 comes out within 4 standard deviations of 0.032.
      core(own[0], motif).forEach((row, column) =>
        row.forEach((p, letter) => expect(Math.abs(p - motif[column][letter])).toBeLessThan(i === 1 ? 0.18 : 0.13)),
      );
    }
  });

  it('lays each site on its place and strand', async () => {
    const { patterns } = await found;
    for (const [number, planted] of [gata, tal, repressor].entries()) {
      const pattern = patterns.find(({ counts }) => alignMotifs(counts, planted.probabilities).similarity > 0.9)!;
      const { offset, reversed } = alignMotifs(planted.probabilities, pattern.counts);
      const shiftOf = (strand: string) =>
        strand === '+' ? offset : planted.probabilities.length - offset - pattern.counts.length;
      const right = pattern.sites.filter(({ sequence, start, strand }) =>
        sitesOf(number).some(
          (site) =>
            site.sequence === sequence &&
            start === site.start + shiftOf(site.strand) &&
            (strand === site.strand) !== reversed,
        ),
      );
      expect(right.length / pattern.sites.length).toBeGreaterThan(0.95);
      expect(right.length / sitesOf(number).length).toBeGreaterThan(0.85);
    }
  });

  it('gives matrices of its sites', async () => {
    const { patterns } = await found;
    for (const { counts, contributions, information, sites, positive } of patterns) {
      const total = contributions.flat().reduce((sum, value) => sum + value, 0);
      expect(total > 0).toBe(positive);
      // Of the planted columns, 0.9 for one letter: 2 − 0.63 bits; of those around, hardly any.
      const strongest = contributions.map((row) => Math.max(...row.map(Math.abs)));
      information.forEach((bits, i) => {
        if (strongest[i] > 0.5) expect(Math.abs(bits - 1.37)).toBeLessThan(0.4);
        else expect(bits).toBeLessThan(0.2);
      });
      const recount = counts.map((row) => row.map(() => 0));
      for (const { sequence, start, strand } of sites) {
        counts.forEach((_, column) => {
          const at = strand === '+' ? start + column : start + counts.length - 1 - column;
          const letter = tracks.letters[sequence][at];
          if (letter !== undefined) recount[column][strand === '+' ? letter : 3 - letter]++;
        });
      }
      expect(recount).toEqual(counts);
    }
  });

  it('averages hypothetical contributions over the sites', async () => {
    // Each letter would contribute 10 · its number more than the one that stands there.
    const hypothetical = Float32Array.from(tracks.contributions, (value, i) => value + 10 * (i % 4));
    const { patterns } = await findPatterns({ ...tracks, hypothetical }, { shuffled, fdr: 0.1, trimFlank: 0 });
    const [{ contributions, sites, hypothetical: mean }] = patterns;
    const forward = sites.filter(({ strand }) => strand === '+').length / sites.length;
    mean!.forEach((row, column) =>
      row.forEach((value, letter) => {
        const added = 10 * (forward * letter + (1 - forward) * (3 - letter));
        expect(value).toBeCloseTo(contributions[column][letter] + added, 3);
      }),
    );
  });

  it('finds the same again', async () => {
    expect(await findPatterns(tracks, { shuffled, fdr: 0.1 })).toEqual(await found);
  });

  it('finds the same on the other strand of all sequences', async () => {
    const turned: Tracks = { ...tracks, ...mirrored(tracks) };
    const { patterns } = await findPatterns(turned, { shuffled, fdr: 0.1 });
    const expected = (await found).patterns;
    expect(patterns).toHaveLength(expected.length);
    for (const { counts, positive } of expected) {
      const same = patterns.filter((other) => alignMotifs(counts, other.counts).similarity > 0.98);
      expect(same.map((other) => other.positive)).toEqual([positive]);
    }
  });

  it('keeps strands apart on request', async () => {
    const stranded = simulated({ ...chance, motifs: [gata], seed: 4 });
    const options = { shuffled, fdr: 0.1, trimFlank: 0 };
    const [both] = (await findPatterns(stranded, options)).patterns;
    const apart = (await findPatterns(stranded, { ...options, bothStrands: false })).patterns;
    expect(both.sites.length).toBeGreaterThan(280);
    expect(apart).toHaveLength(2);
    expect(apart.flatMap(({ sites }) => sites.filter(({ strand }) => strand === '-'))).toEqual([]);
    expect(alignMotifs(apart[0].counts, apart[1].counts).reversed).toBe(true);
  });

  it('takes any alphabet', async () => {
    const rng = new Rng(6);
    const letters = Array.from({ length: 120 }, () => Array.from({ length: 60 }, () => rng.integer(20)));
    const scores = letters.map((row) => row.map(() => 0.05 * rng.normal()));
    letters.forEach((row, i) =>
      [3, 17, 5, 11, 8].forEach((letter, at) => ((row[20 + at] = letter), (scores[i][20 + at] = 1))),
    );
    const narrow = { oneHot: new Float32Array(120 * 60 * 20), contributions: new Float32Array(120 * 60 * 20) };
    const flat = scores.flat();
    letters.flat().forEach((letter, i) => {
      narrow.oneHot[20 * i + letter] = 1;
      narrow.contributions[20 * i + letter] = flat[i];
    });
    const { patterns } = await findPatterns({ shape: [120, 60, 20], ...narrow }, { window: 9, trimFlank: 0 });
    expect(patterns).toHaveLength(1);
    expect(patterns[0].sites.length).toBeGreaterThan(110);
    expect(patterns[0].counts.map((row) => row.indexOf(patterns[0].sites.length))).toEqual([3, 17, 5, 11, 8]);
    expect(patterns[0].sites.every(({ start, strand }) => start === 20 && strand === '+')).toBe(true);
  });

  it('gives nothing where there is nothing', async () => {
    const noise = simulated({ ...chance, seed: 78 });
    const empty = { patterns: [], seqlets: [], width: 41, thresholds: { positive: Infinity, negative: -Infinity } };
    expect(await findPatterns(noise, { shuffled, fdr: 0.05 })).toEqual(empty);
    expect(await findPatterns(asTracks([new Array<number>(30).fill(0)], [new Array<number>(30).fill(0)]))).toEqual(
      empty,
    );
    expect(await findPatterns({ shape: [0, 30, 4], oneHot: [], contributions: [] })).toEqual(empty);
  });

  it('has no patterns of noise that got through', async () => {
    const noise = simulated({ ...chance, seed: 79 });
    const { seqlets, patterns } = await findPatterns(noise, { shuffled, fdr: 0.9, minSites: 10 });
    const lax = await findPatterns(noise, { shuffled: { ...shuffled, contributions: new Float32Array(300 * 80 * 4) } });
    expect(seqlets.length + lax.seqlets.length).toBeGreaterThan(500);
    expect([...patterns, ...lax.patterns].map(({ counts }) => counts)).toEqual([]);
  });

  it('tells how far it is, and stops when asked', async () => {
    const seen: [number, number][] = [];
    await findPatterns(tracks, { shuffled, fdr: 0.1, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.every(([done], i) => i === 0 || done >= seen[i - 1][0])).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)![0]).toBe(seen[0][1]);
    const stop = new AbortController();
    const running = findPatterns(tracks, { shuffled, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(running).rejects.toThrow(/abort/i);
    await expect(findPatterns(tracks, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('says what is wrong with its input', async () => {
    await expect(findPatterns({ ...tracks, shape: [4, 4] })).rejects.toThrow('findPatterns: expected tracks');
    await expect(findPatterns(tracks, { minSites: 0 })).rejects.toThrow(
      'findPatterns: expected minSites of 1 or more, got 0',
    );
  });
});

/** All sequences read on their other strand: letters, and so channels, and positions in reverse. */
function mirrored({ shape, oneHot, contributions }: Tracks): Pick<Tracks, 'oneHot' | 'contributions'> {
  const size = shape[1] * shape[2];
  const turn = (values: ArrayLike<number>) =>
    Float32Array.from(values, (_, i) => values[Math.floor(i / size) * size + size - 1 - (i % size)]);
  return { oneHot: turn(oneHot), contributions: turn(contributions) };
}

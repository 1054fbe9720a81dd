import { tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { extractSeqlets, readTracks, type Tracks } from '../../src/index';
import { asTracks, sharp, simulated } from './simulated';

/** Sequences of As with these contributions. */
const rows = (...scores: number[][]): Tracks =>
  asTracks(
    scores.map((row) => row.map(() => 0)),
    scores,
  );
const thrice = (...scores: number[]): Tracks => rows(scores, scores, scores);

describe('extractSeqlets', () => {
  // Windows of 2 hold 1 3 4 2 0 −3 −4 −1 0: 4 at 2, −4 at 6, and of those that overlap neither 1 at 0.
  const tracks = thrice(0, 1, 2, 2, 0, 0, -3, -1, 0, 0);

  it('takes the strongest windows that do not overlap, of either sign, with their flanks', async () => {
    const shuffled = thrice(0, 0, 0, 0, 1, 0, 0, 0, 0, 0); // 1 is what chance gives
    const { width, seqlets, thresholds } = await extractSeqlets(tracks, { window: 2, flank: 1, fdr: 0.4, shuffled });
    expect(width).toBe(4);
    expect(thresholds).toEqual({ positive: 4, negative: -4 });
    expect(seqlets).toEqual(
      [0, 1, 2].flatMap((sequence) => [
        { sequence, start: 1, score: 4 },
        { sequence, start: 5, score: -4 },
      ]),
    );
  });

  it('lets flanks reach out of the sequence', async () => {
    const shuffled = thrice(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const { seqlets } = await extractSeqlets(tracks, { window: 2, flank: 3, fdr: 0.4, shuffled });
    expect(seqlets.map(({ start }) => start)).toEqual([-1, 3, -1, 3, -1, 3, -3, -3, -3]);
  });

  it('sums sizes on request, with the sign of the sum', async () => {
    const mixed = thrice(3, -2.5, 0, 0, -1, -1, 0);
    const shuffled = thrice(0, 0, 0, 0, 0, 0, 0);
    const starts = async (sum: 'signed' | 'absolute') =>
      (await extractSeqlets(mixed, { window: 2, flank: 0, fdr: 0.4, shuffled, sum })).seqlets.slice(0, 3);
    expect((await starts('absolute')).map(({ start, score }) => [start, score])).toEqual([
      [0, 5.5],
      [0, 5.5],
      [0, 5.5],
    ]);
    expect((await starts('signed')).map(({ start, score }) => [start, score])).toEqual([
      [1, -2.5],
      [1, -2.5],
      [1, -2.5],
    ]);
  });

  it('leaves out windows over positions without a letter', async () => {
    const scores = [5, 5, 0, 0, 1, 1];
    const letters = [0, -1, 0, 0, 0, 0];
    const shuffled = thrice(0, 0, 0, 0, 0, 0);
    const padded = asTracks([letters, letters, letters], [scores, scores, scores]);
    const { seqlets } = await extractSeqlets(padded, { window: 2, flank: 0, fdr: 0.4, shuffled });
    expect(seqlets.map(({ start }) => start)).toEqual([4, 4, 4]);
  });

  it('sums the letters of a position, whichever of them the numbers stand at', async () => {
    const spread = { ...tracks, contributions: Float32Array.from(tracks.contributions) };
    for (let i = 0; i < spread.contributions.length; i += 4) {
      spread.contributions[i] -= 0.75;
      spread.contributions[i + 2] = 0.75;
    }
    const options = { window: 2, fdr: 0.4, shuffled: thrice(0, 0, 0, 0, 1, 0, 0, 0, 0, 0) };
    expect(await extractSeqlets(spread, options)).toEqual(await extractSeqlets(tracks, options));
  });

  it('controls the false discovery rate with shuffles', async () => {
    // Over 20 simulations, so that the mean is good to about 0.01.
    const planted = { motifs: [{ probabilities: sharp('AGATAAGG', 0.8), gain: 0.6 }], noise: 0.5, share: 0.7 };
    const rates: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const tracks = simulated({ ...planted, sequences: 150, length: 80, seed });
      const shuffled = simulated({ noise: 0.5, sequences: 150, length: 80, seed: 1000 + seed });
      const { seqlets } = await extractSeqlets(tracks, { window: 9, flank: 0, fdr: 0.1, shuffled });
      expect(seqlets.length).toBeGreaterThan(40);
      const isTrue = ({ sequence, start }: { sequence: number; start: number }) =>
        tracks.sites.some((site) => site.sequence === sequence && Math.abs(site.start - start) < 9);
      rates.push(seqlets.filter((seqlet) => !isTrue(seqlet)).length / seqlets.length);
    }
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeLessThan(0.1 + 0.01);
    expect(mean).toBeGreaterThan(0.03); // and does not do so by finding only the obvious
  });

  it('finds nothing where there is nothing', async () => {
    const noise = simulated({ sequences: 200, length: 80, noise: 0.5, seed: 5 });
    const shuffled = simulated({ sequences: 200, length: 80, noise: 0.5, seed: 6 });
    for (const options of [{ shuffled, fdr: 0.05 }, { fdr: 0.05 }]) {
      const { seqlets, thresholds } = await extractSeqlets(noise, options);
      expect(seqlets).toEqual([]);
      expect(thresholds).toEqual({ positive: Infinity, negative: -Infinity });
    }
  });

  it('finds planted motifs by a Laplace fit', async () => {
    const motifs = [{ probabilities: sharp('AGATAAGG'), gain: 1 }];
    const tracks = simulated({ motifs, noise: 0.1, share: 0.3 });
    const { seqlets } = await extractSeqlets(tracks, { window: 9 });
    const found = tracks.sites.filter(({ sequence, start }) =>
      seqlets.some((s) => s.sequence === sequence && Math.abs(s.start + 10 - start) < 5),
    );
    expect(found.length).toBe(tracks.sites.length);
  });

  it('tells when it is done, and stops when asked', async () => {
    const seen: [number, number][] = [];
    const shuffled = thrice(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    await extractSeqlets(tracks, { window: 2, shuffled, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen.at(-1)).toEqual([6, 6]); // three sequences and three shuffled ones
    await expect(extractSeqlets(tracks, { window: 2, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  it('says what is wrong with its input', async () => {
    await expect(extractSeqlets({ ...tracks, shape: [3, 10] })).rejects.toThrow(
      '[sequences, length, letters], got [3, 10]',
    );
    await expect(extractSeqlets({ ...tracks, shape: [3, 9, 4] })).rejects.toThrow(
      'needs 108 numbers of oneHot, got 120',
    );
    await expect(extractSeqlets(tracks, { window: 11 })).rejects.toThrow(
      'expected a window of 1 to 10 positions, got 11',
    );
    await expect(extractSeqlets(tracks, { window: 2, fdr: 1 })).rejects.toThrow(
      'expected an fdr between 0 and 1, got 1',
    );
    await expect(extractSeqlets(tracks, { window: 2, shuffled: thrice(0, 0) })).rejects.toThrow(
      'expected shuffled sequences of length 10, got 3 of length 2',
    );
    await expect(extractSeqlets(thrice(0, NaN, 0), { window: 2 })).rejects.toThrow(
      'position 1 of sequence 0 contributes NaN',
    );
  });
});

describe('readTracks', () => {
  it('reads tensors back', async () => {
    const [x, h] = [tensor([[[1, 0]], [[0, 1]]]), tensor([[[3, 4]], [[5, 6]]])];
    const tracks = await readTracks({ oneHot: x, contributions: x.mul(h), hypothetical: h });
    expect(tracks.shape).toEqual([2, 1, 2]);
    expect(Array.from(tracks.contributions)).toEqual([3, 0, 0, 6]);
    expect(Array.from(tracks.hypothetical!)).toEqual([3, 4, 5, 6]);
  });
});

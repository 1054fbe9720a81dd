import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { reverseComplement } from '../../src/index';
import { centred } from '../../src/seqlets/centre';
import { bestMatch, mergeStacks } from '../../src/seqlets/merge-patterns';
import { Pace } from '../../src/long-run';
import { type Pattern, sharedBits } from '../../src/seqlets/pattern';
import {
  cropped,
  letterCounts,
  meanContributions,
  meanHypothetical,
  type Stack,
  turned,
} from '../../src/seqlets/placement';
import { scoredLetters } from '../../src/seqlets/tracks';
import { trimmed, withoutStrangers, withoutTwins } from '../../src/seqlets/trim-stack';
import { asTracks, sharp } from './simulated';

const rng = new Rng(2);
const letters = Array.from({ length: 5 }, () => Array.from({ length: 30 }, () => rng.integer(4)));
const scores = letters.map((row) => row.map(() => rng.normal()));
const hypothetical = Float32Array.from({ length: 5 * 30 * 4 }, () => rng.normal());
const scored = scoredLetters('test', { ...asTracks(letters, scores), hypothetical });
const site = (sequence: number, start: number, reversed = false) => ({ sequence, start, reversed, score: 1 });
const stack: Stack = { width: 8, sites: [site(0, 3), site(1, 20, true), site(2, 25), site(3, -4, true), site(4, 0)] };
const close = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]) =>
  a.flat().forEach((value, i) => expect(value).toBeCloseTo(b.flat()[i], 5));

describe('the matrices of a stack', () => {
  it('count and average the letters under its columns', () => {
    const one = scoredLetters('test', asTracks([[0, 1, 1, 3]], [[1, 2, 3, 4]]));
    const both: Stack = { width: 3, sites: [site(0, 0), site(0, 1, true)] }; // A C C, and C C T read as A G G
    expect(letterCounts(one, both)).toEqual([
      [2, 0, 0, 0],
      [0, 1, 1, 0],
      [0, 1, 1, 0],
    ]);
    expect(meanContributions(one, both)).toEqual([
      [(1 + 4) / 2, 0, 0, 0],
      [0, 1, 1.5, 0],
      [0, 1.5, 1, 0],
    ]);
  });

  it('are read along the other strand when it is turned', () => {
    expect(letterCounts(scored, turned(stack))).toEqual(reverseComplement(letterCounts(scored, stack)));
    close(meanContributions(scored, turned(stack)), reverseComplement(meanContributions(scored, stack)));
    close(meanHypothetical(scored, turned(stack))!, reverseComplement(meanHypothetical(scored, stack)!));
  });

  it('lose columns when it is cropped, and get them back', () => {
    const narrow = cropped(stack, 2, 7);
    expect(letterCounts(scored, narrow)).toEqual(letterCounts(scored, stack).slice(2, 7));
    close(meanHypothetical(scored, narrow)!, meanHypothetical(scored, stack)!.slice(2, 7));
    expect(cropped(narrow, -2, 6)).toEqual(stack);
  });

  it('count nothing past the ends of a sequence', () => {
    const totals = letterCounts(scored, stack).map((row) => row.reduce((sum, count) => sum + count, 0));
    // 25 … 32 has five letters of 30; −4 … 3 read backwards has four, in the first columns
    expect(totals).toEqual([5, 5, 5, 5, 4, 3, 3, 3]);
  });
});

describe('what is taken off a stack', () => {
  const one = (...row: number[]) => scoredLetters('test', asTracks([row.map(() => 0)], [row]));

  it('are columns before the first and after the last of 0.3 of the strongest', () => {
    const whole: Stack = { width: 8, sites: [site(0, 0)] };
    expect(trimmed(one(0, 2.9, 3, 0, -10, 3, 2, 0), whole, 0.3)).toEqual({ width: 4, sites: [site(0, 2)] });
  });

  it('are sites unlike the mean', () => {
    const words = scoredLetters('test', asTracks([[0, 1], [0, 1], [0, 1], [2, 1]], [[1, 1], [1, 1], [1, -1], [1, 1]])); // prettier-ignore
    const sites = [0, 1, 2, 3].map((sequence) => site(sequence, 0));
    // mean: A ¾, G ¼; C ½. Cosines with (1, 1), (1, −1) and (G, C): 1.25, 0.25 and 0.75 over √2 · √(⅝ + ¼)
    const norm = Math.sqrt(2 * 0.875);
    const left = (least: number) =>
      withoutStrangers(words, { width: 2, sites }, least / norm).sites.map((s) => s.sequence);
    expect(left(0.24)).toEqual([0, 1, 2, 3]);
    expect(left(0.26)).toEqual([0, 1, 3]);
    expect(left(0.76)).toEqual([0, 1]);
  });

  it('are the weaker of sites that lie in one place', () => {
    const sites = [site(0, 1), { ...site(0, 0), score: 2 }, { ...site(0, 0), score: -3 }];
    expect(withoutTwins({ width: 6, sites }).sites.map(({ score }) => score)).toEqual([1, -3]);
  });
});

describe('bestMatch', () => {
  const motif = sharp('ACGGTA').map((row) => row.map((p) => p - 0.25));

  it('finds offset and strand', () => {
    const shifted = [...sharp('NN').map((row) => row.map(() => 0)), ...motif];
    expect(bestMatch(motif, shifted, true)).toMatchObject({ offset: -2, reversed: false });
    expect(bestMatch(motif, shifted, true).similarity).toBeCloseTo(1, 12);
    expect(bestMatch(shifted, reverseComplement(motif), true)).toMatchObject({ offset: 2, reversed: true });
    expect(bestMatch(shifted, reverseComplement(motif), false).similarity).toBeLessThan(0.7);
  });

  it('counts what hangs over as unlike', () => {
    expect(bestMatch(motif, motif.slice(0, 3), false).similarity).toBeCloseTo(Math.sqrt(1 / 2), 12);
  });
});

describe('mergeStacks', () => {
  it('joins stacks of one motif in the columns of the larger, strands and offsets set right', async () => {
    // ACCAA in three sequences, once on the other strand, and something else
    const word = [0, 1, 1, 0, 0];
    const other = word.map((a) => 3 - a).reverse();
    const rows = [
      [3, ...word, 2, 2, 2],
      [2, 2, ...word, 3, 3],
      [2, ...other, 2, 3, 2],
      [2, 3, 2, 3, 2, 3, 2, 3, 2],
    ];
    const contributions = rows.map((row, i) =>
      row.map((_, at) => Number(i === 3 || (at >= [1, 2, 1][i] && at < [6, 7, 6][i]))),
    );
    const scored = scoredLetters('test', asTracks(rows, contributions));
    const large: Stack = { width: 7, sites: [site(0, 0), site(1, 1)] }; // the word in columns 1 … 5
    const small: Stack = { width: 5, sites: [site(2, 1)] }; // the word backwards, in columns 0 … 4
    const unlike: Stack = { width: 9, sites: [site(3, 0)] };
    const options = { similarity: 0.9, bothStrands: true, pace: new Pace({}, 0) };
    const expected = { width: 7, sites: [site(0, 0), site(1, 1), site(2, 0, true)] };
    expect(await mergeStacks(scored, [small, unlike, large], options)).toEqual([expected, unlike]);
    expect(await mergeStacks(scored, [small, large], { ...options, bothStrands: false })).toHaveLength(2);
  });
});

describe('sharedBits', () => {
  const uniform = [0.25, 0.25, 0.25, 0.25];
  const pattern = (counts: number[][], sites: number) =>
    ({ counts, sites: Array.from({ length: sites }, () => site(0, 0)) }) as unknown as Pattern;

  it('is what the other sites tell about the letters of one', () => {
    // three A and one C: each A is seen with two others and ¼ of a letter, 2.25 / 4; C with ¼ alone
    const bits = 0.75 * Math.log2(2.25 / 4 / 0.25) + 0.25 * Math.log2(0.25 / 4 / 0.25);
    expect(sharedBits(pattern([[3, 1, 0, 0]], 4), uniform)).toBeCloseTo(bits, 12);
  });

  it('is not above 0 for random letters, though they be few', () => {
    const counts = Array.from({ length: 300 }, () => {
      const row = [0, 0, 0, 0];
      for (let i = 0; i < 8; i++) row[rng.integer(4)]++;
      return row;
    });
    expect(sharedBits(pattern(counts, 8), uniform)).toBeLessThan(0);
  });
});

describe('centred', () => {
  it('moves a seqlet so that what contributes lies in its middle', () => {
    const scored = scoredLetters('test', asTracks([new Array<number>(9).fill(0)], [[0, 0, 0, 1, -1, 0, 0, 0, 5]]));
    // window 1 … 7, its contributions at 3 and 4: 3.5, half a position before its middle
    const [moved] = centred(scored, [{ sequence: 0, start: -1, score: 1 }], { window: 7, flank: 2 });
    expect(moved).toEqual({ sequence: 0, start: -1, score: 1 });
    const [again] = centred(scored, [{ sequence: 0, start: 0, score: 1 }], { window: 6, flank: 2 });
    expect(again.start).toBe(-1); // window 2 … 7: 3.5 instead of 4.5
  });
});

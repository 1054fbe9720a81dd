import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { decoyThreshold, halfSampleMode, laplaceThreshold } from '../../src/seqlets/thresholds';

describe('decoyThreshold', () => {
  it('is the least score at which (1 + decoys) / scores is at most the rate', () => {
    // from 8 on: (1 + 0) / 3; from 1 on: (1 + 2) / 4
    expect(decoyThreshold([9, 1, 10, 8], [2, 1], 0.5)).toBe(8);
    expect(decoyThreshold([9, 1, 10, 8], [2, 1], 0.75)).toBe(1);
    expect(decoyThreshold([9, 1, 10, 8], [2, 1], 0.3)).toBe(Infinity);
  });

  it('takes equal scores together', () => {
    expect(decoyThreshold([5, 5, 5], [], 0.4)).toBe(5); // 1/3 once all three count, though 1/1 and 1/2 are too much
    expect(decoyThreshold([5, 5, 5], [5], 0.4)).toBe(Infinity); // 2/3
  });

  it('weighs decoys by how much was searched for them', () => {
    expect(decoyThreshold([4, 4, 4, 4], [1], 0.3, 2)).toBe(Infinity); // 2 · 1 / 4
    expect(decoyThreshold([4, 4, 4, 4], [1], 0.3, 0.5)).toBe(4);
  });
});

describe('halfSampleMode', () => {
  it('is where the narrowest halves lead', () => {
    expect(halfSampleMode(Float64Array.of(0, 4, 5, 6, 20))).toBe(4.5); // 4 5 6, then 4 5
    expect(halfSampleMode(Float64Array.of(7))).toBe(7);
    expect(halfSampleMode(Float64Array.of())).toBe(0);
  });
});

/** The middles of `count` equally likely slices of a Laplace distribution. */
const laplace = (count: number, mode = 0, width = 1): number[] =>
  Array.from({ length: count }, (_, i) => (i + 0.5) / count).map((u) =>
    u < 0.5 ? mode + width * Math.log(2 * u) : mode - width * Math.log(2 * (1 - u)),
  );

describe('laplaceThreshold', () => {
  it('finds nothing in a Laplace distribution, and what stands out of it', () => {
    const background = laplace(10_000);
    expect(laplaceThreshold(background, 0.1)).toBe(Infinity);
    const found = laplaceThreshold([...background, ...new Array<number>(200).fill(12)], 0.1);
    // Some 20 of the tail come along: 5 000 · exp(−t) ≤ 0.1 · (200 + those) has t ≈ ln(5000 / 22) = 5.4.
    expect(found).toBeGreaterThan(5);
    expect(found).toBeLessThan(6);
  });

  it('follows shift and scale', () => {
    const values = [...laplace(4000), ...Array.from({ length: 100 }, (_, i) => 10 + i / 10)];
    const threshold = laplaceThreshold(values, 0.1);
    expect(
      laplaceThreshold(
        values.map((v) => 3 * v + 1),
        0.1,
      ),
    ).toBeCloseTo(3 * threshold + 1, 10);
  });

  it('never takes what is not above 0', () => {
    const values = [...laplace(1000, -100, 0.1), ...new Array<number>(50).fill(-20)];
    expect(laplaceThreshold(values, 0.1)).toBe(Infinity);
  });

  it('is wary of tails that fall off faster than exponentially', () => {
    const rng = new Rng(3);
    const normal = Array.from({ length: 20_000 }, () => rng.normal());
    expect(laplaceThreshold(normal, 0.2)).toBe(Infinity);
  });
});

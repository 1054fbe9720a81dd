import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { brier, pearson, r2, spearman, StreamingMoments } from '../../src/index';

describe('pearson', () => {
  it('is the covariance over both spreads', () => {
    // Centred: (−1, 0, 1) and (−1, −1, 2): 3 / √(2 · 6).
    expect(pearson([1, 2, 3], [4, 4, 7])).toBeCloseTo(3 / Math.sqrt(12), 15);
    expect(pearson([1, 2, 3], [-2, -4, -6])).toBeCloseTo(-1, 15);
  });

  it('keeps its digits far from 0, and at sizes whose squares overflow', () => {
    const offset = 2 ** 30;
    expect(pearson([1, 2, 3].map((x) => x + offset), [4, 4, 7])).toBeCloseTo(3 / Math.sqrt(12), 15); // prettier-ignore
    expect(pearson([1e-100, 2e-100, 3e-100], [4e-100, 4e-100, 7e-100])).toBeCloseTo(3 / Math.sqrt(12), 14);
  });

  it.each([
    ['constant labels', [0.1, 0.1, 0.1], [1, 2, 3]],
    ['constant predictions', [1, 2, 3], [0.1, 0.1, 0.1]],
    ['a single pair', [1], [2]],
  ])('is NaN of %s', (_, y, p) => expect(pearson(y, p)).toBeNaN());
});

describe('spearman', () => {
  it('is the correlation of ranks', () => {
    expect(spearman([1, 2, 3], [1, 10, 100])).toBeCloseTo(1, 15);
    const expected = 1 - (6 * 2) / (4 * 15); // 1 − 6Σd² / (n(n² − 1))
    expect(spearman([1, 2, 3, 4], [-Infinity, 7, 5, Infinity])).toBeCloseTo(expected, 15);
  });

  it('gives ties the mean of their ranks', () => {
    // Ranks (1, 2.5, 2.5, 4) and (2, 2, 2, 4): centred (−1.5, 0, 0, 1.5) and (−0.5, −0.5, −0.5, 1.5).
    expect(spearman([1, 5, 5, 9], [0, -0, 0, 3])).toBeCloseTo(3 / Math.sqrt(4.5 * 3), 15);
  });

  it('is NaN of constants', () => expect(spearman([7, 7, 7], [1, 2, 3])).toBeNaN());

  it('refuses NaN', () =>
    expect(() => spearman([1, 2], [1, NaN])).toThrow('spearman: expected predictions without NaN, got NaN at 1'));
});

describe('r2', () => {
  it('is what predictions explain of the variance', () => {
    expect(r2([1, 2, 3], [1, 2, 4])).toBe(1 - 1 / 2);
    expect(r2([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(r2([1, 2, 3], [3, 2, 1])).toBe(1 - 8 / 2);
  });

  it('of constant labels is 1 if all is right, else 0, and NaN of a single pair', () => {
    expect(r2([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(1);
    expect(r2([2, 2], [2, 3])).toBe(0);
    expect(r2([2], [2])).toBeNaN();
  });
});

describe('brier', () => {
  it('is the mean squared distance from the label', () => {
    expect(brier([1, 0, 1], [1, 0.5, 0.5])).toBeCloseTo(0.5 / 3, 15);
    expect(brier([true, true], [0.5, 0.5])).toBe(0.25); // one class is enough
  });

  it.each([
    ['a label that is none', [2], [0.5], 'expected labels 0 or 1, got 2 at 0'],
    ['a probability that is none', [1, 0], [0.5, 1.1], 'expected probabilities from 0 to 1, got 1.1 at 1'],
    ['NaN', [1], [NaN], 'expected probabilities from 0 to 1, got NaN at 0'],
    ['nothing', [], [], 'expected at least one label, got none'],
  ])('refuses %s', (_, y, p, message) => expect(() => brier(y, p)).toThrow(new RangeError(`brier: ${message}`)));
});

describe.each([
  ['pearson', pearson],
  ['r2', r2],
])('%s refuses', (name, metric) => {
  it.each([
    ['nothing', [], [], 'expected at least one label, got none'],
    ['unequal lengths', [1], [1, 2], 'expected as many labels as predictions, got 1 and 2'],
    ['NaN', [1, NaN], [1, 2], 'expected finite labels, got NaN at 1'],
    ['infinity', [1, 2], [Infinity, 2], 'expected finite predictions, got Infinity at 0'],
  ])('%s', (_, y, p, message) => expect(() => metric(y, p)).toThrow(new RangeError(`${name}: ${message}`)));
});

describe('StreamingMoments', () => {
  it('gives what all batches together give', () => {
    const rng = new Rng(1);
    const y = Float64Array.from({ length: 5000 }, () => rng.normal());
    const p = y.map((value) => 0.5 * value + rng.normal());
    const stream = new StreamingMoments();
    for (let at = 0, size = 1; at < y.length; at += size, size += 97)
      stream.add(y.subarray(at, at + size), p.subarray(at, at + size));
    const { count, pearson: r, r2: explained, meanSquaredError } = stream.value();
    expect(count).toBe(5000);
    expect(r).toBeCloseTo(pearson(y, p), 13);
    expect(explained).toBeCloseTo(r2(y, p), 13);
    expect(meanSquaredError).toBeCloseTo(y.reduce((sum, v, i) => sum + (v - p[i]) ** 2, 0) / 5000, 13);
  });

  it('loses no digits in a long stream far from 0, one pair at a time', () => {
    const stream = new StreamingMoments();
    const offset = 1e8; // Σ x² would be 1e22, of which a spread of 1 is less than the rounding
    for (let i = 0; i < 1_000_000; i++) stream.add([offset + (i % 2)], [offset + (i % 2) + (i % 4 < 2 ? 0.5 : -0.5)]);
    // Labels have variance 1/4, predictions 1/4 + 1/4, and their covariance is 1/4.
    const { pearson: r, r2: explained, meanSquaredError } = stream.value();
    expect(r).toBeCloseTo(Math.SQRT1_2, 9);
    expect(explained).toBeCloseTo(0, 9);
    expect(meanSquaredError).toBe(0.25);
  });

  it('knows constants, and nothing of nothing', () => {
    const stream = new StreamingMoments();
    expect(stream.value()).toEqual({ count: 0, pearson: NaN, r2: NaN, meanSquaredError: NaN });
    for (let i = 0; i < 10; i++) stream.add([0.1, 0.1, 0.1], [i, 1, 2]);
    expect(stream.value().pearson).toBeNaN();
    stream.add([], []);
    expect(() => stream.add([1, 2], [1, NaN])).toThrow('StreamingMoments: expected finite predictions, got NaN at 1');
    expect(stream.value()).toMatchObject({ count: 30, r2: 0 });
  });
});

describe('a million pairs', () => {
  const n = 1_000_000;
  const places = Float32Array.from({ length: n }, (_, i) => (i * 7919) % n); // every place once, out of order

  it('pearson and r2', () => {
    const shifted = places.map((x) => x + 1000);
    expect(pearson(places, shifted)).toBeCloseTo(1, 12);
    expect(r2(places, shifted)).toBeCloseTo(1 - 1e6 / ((n * n - 1) / 12), 12);
    expect(pearson(new Float64Array(n).fill(0.1), places)).toBeNaN();
  });

  it('spearman, with ties and without', () => {
    expect(spearman(places, places.map((x) => -x * x))).toBeCloseTo(-1, 12); // prettier-ignore
    // Pairs share ranks: Σ of squared ranks loses n/2 · 2 · ¼, so ρ = √(1 − (n/4) / ((n³ − n)/12)).
    const paired = places.map((x) => Math.floor(x / 2));
    expect(spearman(places, paired)).toBeCloseTo(Math.sqrt(1 - 3 / (n * n - 1)), 12);
  });
});

import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { accuracy, auroc, bootstrapInterval } from '../../src/index';
import type { Metric } from '../../src/index';

const mean: Metric = (_, scores) => Array.from(scores).reduce((a, b) => a + b, 0) / scores.length;
const labels = [1, 1, 1, 0, 0, 0, 0, 0];
const scores = [0.9, 0.4, 0.6, 0.5, 0.1, 0.2, 0.3, 0.45];

describe('bootstrapInterval', () => {
  it('repeats itself for a seed', () => {
    const interval = (seed: number) => bootstrapInterval(auroc, labels, scores, { rng: new Rng(seed) });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1).estimate).toBe(auroc(labels, scores));
    expect(interval(1).low).toBeLessThan(interval(1).estimate);
    expect(interval(1).high).toBeGreaterThanOrEqual(interval(1).estimate);
  });

  it('has no width where nothing varies', () => {
    const perfect = labels.map((label) => label * 2 - 1);
    expect(bootstrapInterval(auroc, labels, perfect, { rng: new Rng(2) })).toEqual({ estimate: 1, low: 1, high: 1 });
  });

  it('keeps the number of each label, and each score with its label', () => {
    const classes = [0, 1, 1, 2, 2, 2];
    const counts: Metric = (drawn, values) => {
      expect([...Array.from(drawn)].sort()).toEqual(classes);
      return accuracy(drawn, values); // every score is its own label
    };
    const options = { rng: new Rng(3), resamples: 50 };
    expect(bootstrapInterval(counts, classes, classes, options)).toEqual({ estimate: 1, low: 1, high: 1 });
  });

  it('takes percentiles between the resampled values', () => {
    let calls = 0;
    const counter = () => calls++; // 0 for the estimate, then 1 … 11: 5 % of the way from 1 to 11 is 1.5
    const options = { rng: new Rng(4), resamples: 11, confidence: 0.9 };
    const { estimate, low, high } = bootstrapInterval(counter, labels, scores, options);
    expect(estimate).toBe(0);
    expect(low).toBeCloseTo(1.5, 12);
    expect(high).toBeCloseTo(10.5, 12);
  });

  it('is as wide as theory says for a mean', () => {
    const rng = new Rng(5);
    const values = Array.from({ length: 400 }, () => rng.normal());
    const ones = values.map(() => 1);
    const { estimate, low, high } = bootstrapInterval(mean, ones, values, { rng, resamples: 2000 });
    const variance = mean(
      ones,
      values.map((value) => (value - estimate) ** 2),
    );
    const halfWidth = 1.96 * Math.sqrt(variance / values.length);
    // Percentiles of 2000 resamples scatter by about 3 % of the half-width each.
    expect(Math.abs((high - low) / (2 * halfWidth) - 1)).toBeLessThan(0.1);
  });

  it.each([
    [{ resamples: 0 }, 'bootstrapInterval: expected at least one resample, got 0'],
    [{ confidence: 95 }, 'bootstrapInterval: expected a confidence between 0 and 1, got 95'],
  ])('refuses %j', (options, message) => {
    const call = () => bootstrapInterval(auroc, labels, scores, { rng: new Rng(0), ...options });
    expect(call).toThrow(new RangeError(message));
  });

  it("passes the metric's own errors on", () => {
    expect(() => bootstrapInterval(auroc, [1, 1], [0, 1], { rng: new Rng(0) })).toThrow(
      'auroc: expected labels of both',
    );
    expect(() => bootstrapInterval(auroc, [1], [0, 1], { rng: new Rng(0) })).toThrow('got 1 and 2');
  });
});

import { describe, expect, it } from 'vitest';
import {
  expectedCalibrationError,
  expectedCalibrationErrorOf,
  reliabilityCurve,
  StreamingReliability,
} from '../../src/index';

const labels = [0, 1, 0, 1, 1, 1];
const probabilities = [0, 0.25, 0.5, 0.75, 0.75, 1];

describe('reliabilityCurve', () => {
  it('has a point for each bin, borders belonging to the bin below', () => {
    // (0, 0.25, 0.5] and (0.75, 0.75, 1].
    expect(reliabilityCurve(labels, probabilities, { bins: 2 })).toEqual({
      predicted: Float64Array.of(0.25, 2.5 / 3),
      observed: Float64Array.of(1 / 3, 1),
      counts: Float64Array.of(3, 3),
    });
  });

  it('leaves out empty bins', () => {
    const { predicted, counts } = reliabilityCurve([0, 1], [0.05, 0.95]); // of ten
    expect([...predicted]).toEqual([0.05, 0.95]);
    expect([...counts]).toEqual([1, 1]);
  });

  it('divides by quantiles: equally many in each bin, but for ties', () => {
    const options = { bins: 2, strategy: 'quantile' } as const;
    expect([...reliabilityCurve([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.9], options).counts]).toEqual([2, 2]);
    expect([...reliabilityCurve([0, 0, 1, 1], [0.1, 0.9, 0.9, 0.9], options).counts]).toEqual([4]);
  });

  it('takes one class, and constants', () => {
    expect(reliabilityCurve([1, 1], [0.75, 0.75])).toEqual({
      predicted: Float64Array.of(0.75),
      observed: Float64Array.of(1),
      counts: Float64Array.of(2),
    });
  });

  it.each([
    ['no bin', [1], [1], { bins: 0 }, 'expected a whole number of bins of at least 1, got 0'],
    ['a logit', [1], [3], {}, 'expected probabilities from 0 to 1, got 3 at 0'],
    ['nothing', [], [], {}, 'expected at least one label, got none'],
  ])('refuses %s', (_, y, p, options, message) =>
    expect(() => reliabilityCurve(y, p, options)).toThrow(new RangeError(`reliabilityCurve: ${message}`)),
  );
});

describe('expectedCalibrationError', () => {
  it('is the mean distance from the diagonal, by examples', () => {
    const expected = 0.5 * (1 / 3 - 0.25) + 0.5 * (1 - 2.5 / 3);
    expect(expectedCalibrationError(labels, probabilities, { bins: 2 })).toBeCloseTo(expected, 15);
    expect(expectedCalibrationError([1, 1], [0.75, 0.75])).toBe(0.25);
    expect(expectedCalibrationError([0, 1, 1, 1], [0.75, 0.75, 0.75, 0.75])).toBe(0);
  });

  it('names itself', () =>
    expect(() => expectedCalibrationError([], [])).toThrow('expectedCalibrationError: expected at least one label'));

  it('is 0 of a million calibrated examples', () => {
    const n = 1_000_000;
    const p = Float64Array.from({ length: n }, (_, i) => ((i % 4) * 2 + 1) / 8);
    const y = Uint8Array.from({ length: n }, (_, i) => Number(Math.floor(i / 4) % 8 < (i % 4) * 2 + 1));
    expect(expectedCalibrationError(y, p, { bins: 4 })).toBeCloseTo(0, 12);
  });
});

describe('StreamingReliability', () => {
  it('gives what all batches together give', () => {
    const stream = new StreamingReliability({ bins: 2 });
    labels.forEach((label, i) => stream.add([label], [probabilities[i]]));
    const curve = stream.value();
    expect(curve).toEqual(reliabilityCurve(labels, probabilities, { bins: 2 }));
    expect(expectedCalibrationErrorOf(curve)).toBe(expectedCalibrationError(labels, probabilities, { bins: 2 }));
  });

  it('takes borders of its own', () => {
    const stream = new StreamingReliability({ borders: [0.3, 0.9] });
    stream.add(labels, probabilities);
    expect([...stream.value().counts]).toEqual([2, 3, 1]);
  });

  it('is empty at first', () => {
    const curve = new StreamingReliability().value();
    expect(curve.counts).toHaveLength(0);
    expect(expectedCalibrationErrorOf(curve)).toBeNaN();
  });
});

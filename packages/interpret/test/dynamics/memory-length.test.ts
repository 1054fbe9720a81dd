import { describe, expect, it } from 'vitest';
import { decayRate, halfLives, memoryLength, selfFactors } from '../../src/index';

const falling = (tau: number, count: number) => Array.from({ length: count }, (_, d) => 3 - d / tau);

describe('memoryLength', () => {
  it('is τ, the sum of a geometric series and its mean for e^(−d/τ)', () => {
    const { eFolding, area, meanDistance } = memoryLength(falling(20, 2000));
    expect(eFolding).toBeCloseTo(20, 10);
    expect(area).toBeCloseTo(1 / (1 - Math.exp(-1 / 20)), 10);
    expect(meanDistance).toBeCloseTo(1 / (Math.exp(1 / 20) - 1), 10);
  });

  it('is worked out by hand', () => {
    const logs = [2, 1, 0.5, 0].map((weight) => Math.log(weight)); // Σ = 3.5, Σ d·w = 2
    expect(memoryLength(logs)).toEqual({
      eFolding: expect.closeTo(1 + Math.log(Math.E / 2) / Math.LN2, 12), // 2/e lies between 1 and ½
      area: expect.closeTo(1.75, 12),
      meanDistance: expect.closeTo(2 / 3.5, 12),
    });
  });

  it('never ends where the norm does not fall, and ends at once where nothing is left', () => {
    expect(memoryLength([0, 0.1, 0.2]).eFolding).toBe(Infinity);
    expect(memoryLength([0, -Infinity])).toEqual({ eFolding: 1, area: 1, meanDistance: 0 });
    expect(memoryLength([0, 2000]).area).toBe(Infinity);
    expect(() => memoryLength([])).toThrow('at least one distance');
  });
});

describe('decayRate', () => {
  it('is the slope of the line through the chosen distances', () => {
    expect(decayRate(falling(4, 10))).toEqual({ slope: expect.closeTo(-0.25, 12), intercept: expect.closeTo(3, 12) });
    expect(decayRate([9, 9, 0, 1, 3], { from: 2 })).toEqual({
      slope: expect.closeTo(1.5, 12), // (−1·0 + 0·1 + 1·3) / 2
      intercept: expect.closeTo(4 / 3 - 4.5, 12),
    });
    expect(() => decayRate([1, 2, 3], { from: 2 })).toThrow('at least two of 3 distances, got 2 to 3');
  });
});

describe('halfLives', () => {
  it('takes the geometric mean of the factors of each unit', () => {
    const factors = { values: [0.5, 0.25, 1, 0, 0.5, -1, 1, 1], shape: [1, 2, 4] };
    expect([...halfLives(factors)]).toEqual([1, 1, Infinity, 0].map((value) => expect.closeTo(value, 12)));
  });

  it('leaves out what lies beyond a row', () => {
    const factors = { values: [0.5, 0.5, 0.5, 0], shape: [2, 2, 1] };
    expect([...halfLives(factors, { lengths: [2, 1] })]).toEqual([expect.closeTo(1, 12)]);
    expect(() => halfLives(factors, { lengths: [3, 1] })).toThrow('expected 2 lengths from 0 to 2, got [3, 1]');
  });

  it('reads the diagonals of Jacobians', () => {
    const { values, shape } = selfFactors({ values: [1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 1, 2, 2] });
    expect([...values]).toEqual([1, 4, 5, 8]);
    expect(shape).toEqual([2, 1, 2]);
  });
});

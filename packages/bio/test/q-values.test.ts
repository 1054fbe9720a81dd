import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piZero, qValues } from '../src/index';

describe('qValues', () => {
  it('are those of Benjamini and Hochberg', () => {
    // By rank: 0.01·4/1, 0.02·4/2, 0.03·4/3, 0.5·4/4; then no larger than any after it
    expect([...qValues([0.5, 0.01, 0.03, 0.02])]).toEqual([0.5, 0.04, 0.04, 0.04]);
    expect([...qValues([0.001, 0.01], { tests: 100 })]).toEqual([0.1, 0.5]);
    expect([...qValues([0.01, 0.5, 0.5], { piZero: 0.5 })]).toEqual([0.015, 0.25, 0.25]);
    expect([...qValues([])]).toEqual([]);
  });

  it('keep the order of p-values, lie between p and 1, and are equal for equals', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(p, (pValues) => {
        const q = qValues([...pValues, pValues[0]]);
        expect(q[pValues.length]).toBe(q[0]);
        pValues.forEach((value, i) => {
          expect(q[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(q[i]).toBeLessThanOrEqual(1);
          pValues.forEach((other, j) => value < other && expect(q[i]).toBeLessThanOrEqual(q[j]));
        });
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('piZero', () => {
  const evenly = (n: number) => Array.from({ length: n }, (_, i) => (i + 0.5) / n);

  it('is 1 where there is nothing to find, and the share of what is left otherwise', () => {
    expect(piZero(evenly(1000))).toBeCloseTo(1, 2);
    expect(piZero([...evenly(600), ...new Array<number>(400).fill(1e-9)])).toBeCloseTo(0.6, 2);
    expect(piZero([...evenly(600), 1e-9], [...evenly(600).map(() => 1), 400])).toBeCloseTo(0.6, 2);
    expect(piZero(new Array<number>(200).fill(1e-9))).toBe(1); // no p-value tells
    expect(piZero(new Array<number>(100).fill(0.2))).toBe(1); // too few
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic } from '../../src/index';

const fitted = (labels: number[], scores: number[], weights?: number[]) => [
  ...fitIsotonic(labels, scores, weights && { weights }).predict(scores),
];

describe('fitIsotonic', () => {
  it('leaves what never falls', () => expect(fitted([1, 2, 2, 5], [1, 2, 3, 4])).toEqual([1, 2, 2, 5]));

  it('pools adjacent violators', () => {
    expect(fitted([1, 3, 2, 4], [1, 2, 3, 4])).toEqual([1, 2.5, 2.5, 4]);
    expect(fitted([4, 3, 2, 1], [1, 2, 3, 4])).toEqual([2.5, 2.5, 2.5, 2.5]);
    expect(fitted([1, 5, 4, 0, 6], [1, 2, 3, 4, 5])).toEqual([1, 3, 3, 3, 6]); // 0 pulls a pooled block down
  });

  it('weighs', () => {
    expect(fitted([3, 1], [1, 2], [3, 1])).toEqual([2.5, 2.5]);
    expect(fitted([1, 9, 3], [1, 2, 3], [1, 0, 1])).toEqual([1, 2, 3]); // between its neighbours
  });

  it('averages ties first', () => {
    expect(fitted([0, 1, 1], [5, 5, 5])).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect(fitted([0, 4, 1, 6], [1, 1, 2, 3], [1, 1, 2, 1])).toEqual([1.5, 1.5, 1.5, 6]);
    expect(fitted([0, 1], [-0, 0])).toEqual([0.5, 0.5]);
  });

  it('interpolates between scores and is constant beyond them', () => {
    const curve = fitIsotonic([false, true, true, true], [1, 3, 4, 7]);
    expect([...curve.predict([-Infinity, 0, 1, 1.5, 2, 3, 5, 7, 1e9, Infinity])]).toEqual(
      [0, 0, 0, 0.25, 0.5, 1, 1, 1, 1, 1], // prettier-ignore
    );
    expect([[...curve.x], [...curve.y]]).toEqual([[1, 3, 7], [0, 1, 1]]); // prettier-ignore
  });

  it('takes a single example, and one class', () => {
    expect(fitted([0.7], [3])).toEqual([0.7]);
    expect([...fitIsotonic([1, 1, 1], [1, 2, 3]).predict([0, 2, 9])]).toEqual([1, 1, 1]);
  });

  it('never falls, keeps the weighted mean, and is its own fit', () => {
    const number = fc.integer({ min: -5, max: 5 });
    const rows = fc.array(fc.tuple(number, number, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 30 });
    const law = (examples: [number, number, number][]) => {
      const [labels, scores, weights] = [0, 1, 2].map((k) => examples.map((row) => row[k]));
      const values = fitted(labels, scores, weights);
      const order = scores.map((_, i) => i).sort((a, b) => scores[a] - scores[b]);
      order.slice(1).forEach((i, k) => expect(values[i]).toBeGreaterThanOrEqual(values[order[k]]));
      const mean = (y: number[]) => y.reduce((sum, v, i) => sum + weights[i] * v, 0);
      expect(mean(values)).toBeCloseTo(mean(labels), 9);
      fitted(values, scores, weights).forEach((again, i) => expect(again).toBeCloseTo(values[i], 9));
    };
    fc.assert(fc.property(rows, law), { seed: 5 });
  });

  it('takes a million examples', () => {
    const n = 1_000_000;
    const scores = Float32Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const labels = Uint8Array.from(scores, (score) => Number(score % 2 === 0)); // 1, 0, 1, 0 …: every pair is pooled
    const curve = fitIsotonic(labels, scores);
    expect([[...curve.x], [...curve.y]]).toEqual([[0, n - 1], [0.5, 0.5]]); // prettier-ignore
  });

  it.each([
    ['nothing', [], [], undefined, 'expected at least one label, got none'],
    ['unequal lengths', [1], [1, 2], undefined, 'expected as many labels as scores, got 1 and 2'],
    ['a score of NaN', [1], [NaN], undefined, 'expected finite scores, got NaN at 0'],
    ['a label of NaN', [NaN], [1], undefined, 'expected finite labels, got NaN at 0'],
    ['a negative weight', [1], [1], [-1], 'expected finite weights of at least 0, got -1 at 0'],
    ['no weight', [1], [1], [0], 'expected a weight above 0, got none'],
  ])('refuses %s', (_, labels, scores, weights, message) =>
    expect(() => fitIsotonic(labels, scores, weights && { weights })).toThrow(
      new RangeError(`fitIsotonic: ${message}`),
    ),
  );

  it('predicts no NaN', () =>
    expect(() => fitIsotonic([1], [1]).predict([NaN])).toThrow('predict: expected scores without NaN, got NaN at 0'));
});

import { describe, expect, it } from 'vitest';
import { accuracy, classify } from '../../src/index';

describe('accuracy', () => {
  it('is the share of equal classes', () => {
    expect(accuracy([0, 1, 2, 2], [0, 2, 2, 2])).toBe(0.75);
    expect(accuracy([true, false], Uint8Array.of(1, 1))).toBe(0.5);
  });

  it('takes scores as classes by a threshold, which counts as positive', () => {
    expect([...classify([-1, 0, 3], 0)]).toEqual([0, 1, 1]);
    expect(accuracy([0, 1, 1], classify([0.2, 0.5, 0.4], 0.5))).toBeCloseTo(2 / 3, 15);
  });

  it.each([
    ['no labels', [], [], 'accuracy: expected at least one label, got none'],
    ['unequal lengths', [1], [1, 0], 'accuracy: expected as many labels as predictions, got 1 and 2'],
    ['NaN', [1, 0], [1, NaN], 'accuracy: expected classes, got NaN at 1'],
  ])('refuses %s', (_, labels, predicted, message) => {
    expect(() => accuracy(labels, predicted)).toThrow(new RangeError(message));
  });

  it('refuses scores of NaN', () => {
    expect(() => classify([0, NaN], 0)).toThrow('classify: expected scores without NaN, got NaN at 1');
  });
});

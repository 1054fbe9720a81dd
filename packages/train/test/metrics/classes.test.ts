import { describe, expect, it } from 'vitest';
import { accuracy, accuracyOf, confusionMatrix, f1, f1Of, mcc, mccOf, StreamingCounts } from '../../src/index';

// Rows are labels: class 0 is predicted 2, 0, 1 times, class 1 0, 1, 1 times, class 2 1, 0, 2 times.
const labels = [0, 0, 0, 1, 1, 2, 2, 2];
const predicted = [0, 0, 2, 1, 2, 0, 2, 2];

describe('confusionMatrix', () => {
  it('counts labels in rows and predictions in columns', () => {
    const { classes, counts } = confusionMatrix(labels, predicted);
    expect(classes).toBe(3);
    expect([...counts]).toEqual([2, 0, 1, 0, 1, 1, 1, 0, 2]);
  });

  it('has two classes at least, or as many as said', () => {
    expect([...confusionMatrix([0, 0], [0, 0]).counts]).toEqual([2, 0, 0, 0]);
    expect(confusionMatrix([true, false], Uint8Array.of(1, 1), { classes: 3 }).counts).toHaveLength(9);
  });

  it.each([
    ['no labels', [], [], {}, 'expected at least one label, got none'],
    ['unequal lengths', [1], [1, 0], {}, 'expected as many labels as predictions, got 1 and 2'],
    ['NaN', [1, 0], [1, NaN], {}, 'expected predictions 0 to 1, got NaN at 1'],
    ['a fraction', [1, 0.5], [1, 0], {}, 'expected labels 0 to 1, got 0.5 at 1'],
    ['a negative class', [-1], [0], {}, 'expected labels 0 to 1, got -1 at 0'],
    ['a class too many', [0, 2], [0, 0], { classes: 2 }, 'expected labels 0 to 1, got 2 at 1'],
    ['no class', [0], [0], { classes: 0 }, 'expected from 1 to 4096 classes, got 0'],
  ])('refuses %s', (_, y, p, options, message) => {
    expect(() => confusionMatrix(y, p, options)).toThrow(new RangeError(`confusionMatrix: ${message}`));
  });
});

describe('mcc', () => {
  it('is the correlation of two classes', () => {
    // TP 3, TN 2, FP 1, FN 2: (3·2 − 1·2) / √(4 · 5 · 3 · 4).
    expect(mcc([1, 1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0, 0, 1])).toBeCloseTo(4 / Math.sqrt(240), 15);
    expect(mcc([0, 1, 1], [0, 1, 1])).toBe(1);
    expect(mcc([0, 1, 1], [1, 0, 0])).toBe(-1);
  });

  it('is the correlation of several', () => {
    // c·s − Σ tₖpₖ = 5·8 − (3·3 + 2·1 + 3·4); s² − Σ tₖ² = 64 − 22; s² − Σ pₖ² = 64 − 26.
    expect(mcc(labels, predicted)).toBeCloseTo(17 / Math.sqrt(42 * 38), 15);
    expect(mcc(labels, labels)).toBe(1);
  });

  it('is 0 where all labels or all predictions are one class', () => {
    expect(mcc([1, 1, 1], [1, 0, 1])).toBe(0);
    expect(mcc([1, 0, 1], [0, 0, 0])).toBe(0);
    expect(mcc([1, 1], [1, 1])).toBe(0);
  });

  it('names itself', () => expect(() => mcc([], [])).toThrow('mcc: expected at least one label, got none'));
});

describe('f1', () => {
  it('is 2·TP / (2·TP + FP + FN) of class 1', () =>
    expect(f1([1, 1, 1, 0, 0], [1, 1, 0, 1, 0])).toBeCloseTo(4 / 6, 15));

  it('is 0 where class 1 is never predicted, or never occurs', () => {
    expect(f1([1, 0], [0, 0])).toBe(0);
    expect(f1([0, 0], [0, 0])).toBe(0);
  });

  it('is the mean of classes, or that of all counts', () => {
    const [a, b, c] = [4 / 6, 2 / 3, 4 / 7];
    expect(f1(labels, predicted, { average: 'macro' })).toBeCloseTo((a + b + c) / 3, 15);
    expect(f1(labels, predicted, { average: 'micro' })).toBe(5 / 8);
    expect(f1([0, 2], [0, 2], { average: 'macro' })).toBe(1); // class 1 is neither labelled nor predicted
    expect(f1([0, 2], [0, 1], { average: 'macro' })).toBeCloseTo(1 / 3, 15);
  });

  it('of more than two classes needs an average', () =>
    expect(() => f1(labels, predicted)).toThrow('f1: expected two classes unless average is set, got 3'));
});

describe('StreamingCounts', () => {
  it('gives what all batches together give', () => {
    const stream = new StreamingCounts(3);
    for (let i = 0; i < labels.length; i += 3) stream.add(labels.slice(i, i + 3), predicted.slice(i, i + 3));
    const matrix = stream.value();
    expect(matrix).toEqual(confusionMatrix(labels, predicted));
    expect(accuracyOf(matrix)).toBe(accuracy(labels, predicted));
    expect(mccOf(matrix)).toBe(mcc(labels, predicted));
    expect(f1Of(matrix, { average: 'macro' })).toBe(f1(labels, predicted, { average: 'macro' }));
    stream.add([0], [0]);
    expect(matrix.counts[0]).toBe(2); // what was given stays as it was
  });

  it('adds nothing of a batch that is wrong', () => {
    const stream = new StreamingCounts(2);
    expect(() => stream.add([0, 1], [1, 2])).toThrow('StreamingCounts: expected predictions 0 to 1, got 2 at 1');
    expect([...stream.value().counts]).toEqual([0, 0, 0, 0]);
    expect(mccOf(stream.value())).toBe(0);
    expect(f1Of(stream.value(), { average: 'macro' })).toBe(0);
    expect(() => accuracyOf(stream.value())).toThrow('accuracyOf: expected at least one label, got none');
  });
});

it('counts a million', () => {
  const n = 1_000_000;
  const y = Uint8Array.from({ length: n }, (_, i) => i % 2);
  const p = y.map((label, i) => (i < n / 4 ? 1 - label : label)); // a quarter wrong, in both classes alike
  expect([...confusionMatrix(y, p).counts]).toEqual([3 * n, n, n, 3 * n].map((count) => count / 8));
  expect(mcc(y, p)).toBe(0.5);
  expect(f1(y, p)).toBe(0.75);
});

import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { fitTemperature } from '../../src/index';

const loss = (labels: number[], logits: number[], temperature: number) =>
  labels.reduce((sum, y, i) => sum + Math.log1p(Math.exp((y ? -1 : 1) * (logits[i] / temperature))), 0);

describe('fitTemperature', () => {
  it('makes a logit that is right three times of four say so', () => {
    // σ(z / T) = 3/4, so T = z / ln 3.
    expect(fitTemperature([1, 1, 1, 0], [2, 2, 2, 2])).toBeCloseTo(2 / Math.log(3), 12);
    expect(fitTemperature([1, 1, 1, 0], [0.01, 0.01, 0.01, 0.01])).toBeCloseTo(0.01 / Math.log(3), 12);
    expect(fitTemperature([0, 0, 0, 1], [-300, -300, -300, -300])).toBeCloseTo(300 / Math.log(3), 9);
  });

  it('does so for classes', () => {
    // e^(3/T) / (e^(3/T) + 2) = 1/2, so T = 3 / ln 2.
    const logits = [3, 0, 0, 0, 3, 0, 0, 0, 3, 3, 0, 0];
    expect(fitTemperature([0, 1, 0, 1], logits, { classes: 3 })).toBeCloseTo(3 / Math.LN2, 12);
  });

  it('is the same for a logit and for two classes', () => {
    const [labels, logits] = [[1, 0, 1, 1, 0, 0, 1], [3, -2, 0.5, -1, 2, -4, 6]]; // prettier-ignore
    const asClasses = logits.flatMap((z) => [7, 7 + z]);
    const found = fitTemperature(labels, logits);
    expect(fitTemperature(labels, asClasses, { classes: 2 })).toBeCloseTo(found, 12);
    for (const other of [0.99, 1.01])
      expect(loss(labels, logits, found)).toBeLessThan(loss(labels, logits, found * other));
  });

  it('finds what logits were multiplied by, among 10⁵', () => {
    const rng = new Rng(3);
    const truth = Float64Array.from({ length: 100_000 }, () => 2 * rng.normal());
    const labels = Uint8Array.from(truth, (z) => Number(rng.next() < 1 / (1 + Math.exp(-z))));
    const found = fitTemperature(labels, truth.map((z) => 2.5 * z)); // prettier-ignore
    expect(Math.abs(found / 2.5 - 1)).toBeLessThan(0.02); // 1/T scatters by about 1/√(n · Var) = 0.4 %
  });

  it.each([
    ['every example is right', [1, 0], [3, -1], 1e-3],
    ['every example is wrong', [0, 1], [3, -1], 1e3],
    ['logits say nothing', [0, 1], [2, 2], 1e3],
    ['logits are 0', [0, 1], [0, 0], 1],
    ['there is one right example', [1], [5], 1e-3],
  ])('stays within bounds where %s', (_, labels, logits, expected) => {
    expect(fitTemperature(labels, logits)).toBeCloseTo(expected, 9);
    const asClasses = logits.flatMap((z) => [0, z]);
    expect(fitTemperature(labels, asClasses, { classes: 2 })).toBeCloseTo(expected, 9);
  });

  it('takes logits so large that all probabilities are 0 or 1', () => {
    expect(fitTemperature([1, 1, 1, 0], [1e3, 1e3, 1e3, 1e3])).toBeCloseTo(1e3 / Math.log(3), 6);
    expect(fitTemperature([1, 0], [1e300, -1e300])).toBe(1); // no loss is left
  });

  it.each([
    ['nothing', [], [], {}, 'expected at least one label, got none'],
    ['a third label', [2], [0], {}, 'expected labels 0 or 1, got 2 at 0'],
    ['a label that is no class', [3], [0, 0, 0], { classes: 3 }, 'expected labels 0 to 2, got 3 at 0'],
    ['one class', [0], [0], { classes: 1 }, 'expected at least two classes, got 1'],
    ['NaN', [0, 1], [0, NaN], {}, 'expected finite logits, got NaN at 1'],
    ['too few logits', [0, 1], [0, 1], { classes: 2 }, 'expected 2 logits for each of 2 labels, got 2'],
  ])('refuses %s', (_, labels, logits, options, message) =>
    expect(() => fitTemperature(labels, logits, options)).toThrow(new RangeError(`fitTemperature: ${message}`)),
  );
});

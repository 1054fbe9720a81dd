import { Rng } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { controlTargets, type NdArray, ridgeClassifier, ridgeProbe } from '../../src/index';
import { normals } from './recurrences';

const rng = new Rng(1);
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Columns of features or targets, worked out row by row. */
const table = (rows: number, columns: ((row: number) => number)[]): NdArray<Float64Array> => ({
  values: Float64Array.from({ length: rows * columns.length }, (_, i) =>
    columns[i % columns.length](Math.floor(i / columns.length)),
  ),
  shape: [rows, columns.length],
});

describe('ridgeProbe', () => {
  const noise = normals(1, 300, 2);
  const features = table(300, [(r) => 100 + 20 * noise[2 * r], (r) => 0.01 * noise[2 * r + 1], () => 7]);
  const at = (r: number, i: number) => features.values[3 * r + i];

  it('reads linear maps, whatever the units of the features', async () => {
    const targets = table(300, [(r) => 2 * at(r, 0) - 3000 * at(r, 1) + 1, (r) => -at(r, 0)]);
    const { weights, intercepts, r2, lambda, predicted, heldOut } = await ridgeProbe(features, targets, { rng });
    expect(lambda).toBe(1e-6);
    const expected = [2, -1, -3000, 0, 0, 0]; // by features; the constant one gets nothing
    weights.values.forEach((weight, i) => expect(Math.abs(weight - expected[i])).toBeLessThan(0.01));
    expect(intercepts[0]).toBeCloseTo(1, 1);
    for (const value of r2) expect(value).toBeGreaterThan(1 - 1e-9);
    expect(heldOut).toHaveLength(60);
    expect(predicted.shape).toEqual([60, 2]);
    expect(predicted.values[3]).toBeCloseTo(-at(heldOut[1], 0), 3);
  });

  it('is C_xy / (C_xx + λ), by hand', async () => {
    const signs = table(40, [(r) => (r % 2 ? 1 : -1)]);
    const targets = table(40, [(r) => (r % 2 ? 8 : 2)]);
    const heldOut = [0, 1, 2, 3];
    const { weights, intercepts, r2 } = await ridgeProbe(signs, targets, { rng, heldOut, lambdas: [0.5] });
    expect(weights.values[0]).toBeCloseTo(2, 12); // 3 / 1.5
    expect(intercepts[0]).toBeCloseTo(5, 12);
    expect(r2[0]).toBeCloseTo(1 - 1 / 9, 12); // 3 and 7 for 2 and 8
  });

  it('is where the gradient of the squared error and that of λ·w² cancel', async () => {
    const x = { values: normals(2, 80, 5), shape: [80, 5] };
    const y = { values: normals(3, 80, 1), shape: [80, 1] };
    const lambdas = [0.3];
    const { weights, intercepts, heldOut } = await ridgeProbe(x, y, { rng, lambdas });
    const train = Array.from({ length: 80 }, (_, r) => r).filter((r) => !heldOut.includes(r));
    const column = (i: number) => train.map((r) => x.values[5 * r + i]);
    const left = train.map(
      (r) =>
        y.values[r] - [0, 1, 2, 3, 4].reduce((sum, i) => sum + x.values[5 * r + i] * weights.values[i], intercepts[0]),
    );
    expect(mean(left)).toBeCloseTo(0, 12);
    for (let i = 0; i < 5; i++) {
      const variance = mean(column(i).map((value) => (value - mean(column(i))) ** 2));
      expect(mean(column(i).map((value, n) => value * left[n]))).toBeCloseTo(0.3 * variance * weights.values[i], 12);
    }
  });

  it('chooses a λ that suits the noise', async () => {
    const wide = { values: normals(4, 60, 40), shape: [60, 40] };
    const { lambda, scores } = await ridgeProbe(
      wide,
      table(60, [(r) => wide.values[40 * r] + 3 * normals(5, 60, 1)[r]]),
      { rng },
    );
    expect(scores.map((one) => one.lambda)).toEqual(
      [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3].map((e) => expect.closeTo(10 ** e, 12)),
    );
    expect(lambda).toBeGreaterThanOrEqual(1);
    expect(Math.max(...scores.map(({ score }) => score))).toBe(scores.find((one) => one.lambda === lambda)!.score);
  });

  it('works with fewer rows than features', async () => {
    const x = { values: normals(6, 30, 50), shape: [30, 50] };
    const { r2 } = await ridgeProbe(x, table(30, [(r) => x.values[50 * r]]), { rng });
    expect(Number.isFinite(r2[0])).toBe(true);
  });

  it('cannot learn a group by heart that is held out', async () => {
    const groups = Array.from({ length: 200 }, (_, r) => `sequence ${Math.floor(r / 10)}`);
    const marks = table(
      200,
      Array.from({ length: 20 }, (_, g) => (r: number) => Number(Math.floor(r / 10) === g)),
    );
    const target = table(200, [(r) => normals(7, 20, 1)[Math.floor(r / 10)]]);
    const apart = await ridgeProbe(marks, target, { rng, groups });
    expect(apart.r2[0]).toBeLessThan(0.1);
    expect(new Set(Array.from(apart.heldOut, (r) => groups[r])).size).toBe(4);
    expect(apart.heldOut).toHaveLength(40);
    expect((await ridgeProbe(marks, target, { rng })).r2[0]).toBeGreaterThan(0.99);
  });

  it('says what a control task makes of the same features', async () => {
    const types = Array.from({ length: 400 }, (_, r) => r % 40);
    const value = normals(8, 40, 1);
    const target = table(400, [(r) => value[types[r]]]);
    const meaning = await ridgeProbe(target, target, { rng, types });
    expect(meaning.r2[0]).toBeGreaterThan(0.999);
    expect(meaning.controlR2![0]).toBeLessThan(0.3);
    expect(meaning.selectivity![0]).toBeGreaterThan(0.7);
    const names = table(
      400,
      Array.from({ length: 40 }, (_, type) => (r: number) => Number(types[r] === type)),
    );
    const byHeart = await ridgeProbe(names, target, { rng, types });
    expect(byHeart.r2[0]).toBeGreaterThan(0.99);
    expect(byHeart.selectivity![0]).toBeLessThan(0.01);
  });

  it('tells of its progress and stops where asked to', async () => {
    const x = { values: normals(2, 20, 2), shape: [20, 2] };
    const heard: number[] = [];
    await ridgeProbe(x, x, { rng, folds: 3, onProgress: (done, total) => heard.push(done, total) });
    expect(heard).toEqual([1, 4, 2, 4, 3, 4, 4, 4]);
    await expect(ridgeProbe(x, x, { rng, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it.each([
    [{ groups: [1, 2] }, 'expected groups of 300 rows, got 2'],
    [{ heldOut: 1 }, 'a fraction of the rows between 0 and 1 as heldOut, got 1'],
    [{ heldOut: [300] }, 'expected rows from 0 to 299 as heldOut'],
    [{ heldOut: [0], groups: Array<number>(300).fill(9) }, 'group 9 has rows that are held out and rows that are not'],
    [{ groups: Array.from({ length: 300 }, (_, r) => r % 3) }, 'at least 5 groups for as many folds, got 2'],
    [{ lambdas: [0] }, 'expected lambdas above 0, got [0]'],
    [{ folds: 1 }, 'expected folds ≥ 2, got 1'],
  ])('refuses %j', async (options, message) => {
    await expect(ridgeProbe(features, table(300, [() => 1]), { rng, ...options })).rejects.toThrow(message);
  });
});

describe('ridgeClassifier', () => {
  const labels = Array.from({ length: 240 }, (_, r) => [0, 1, 2, 2][r % 4]);
  const noise = normals(9, 240, 2);
  const blobs = table(240, [
    (r) => Math.cos(2.1 * labels[r]) + 0.1 * noise[2 * r],
    (r) => Math.sin(2.1 * labels[r]) + 0.1 * noise[2 * r + 1],
  ]);

  it('tells classes apart, and says what the most frequent one alone would do', async () => {
    const heldOut = Array.from({ length: 40 }, (_, r) => r);
    const { accuracy, majority, predicted, weights } = await ridgeClassifier(blobs, labels, { rng, heldOut });
    expect(accuracy).toBe(1);
    expect(majority).toBe(0.5);
    expect([...predicted]).toEqual(labels.slice(0, 40));
    expect(weights.shape).toEqual([2, 3]);
  });

  it('says what of it is no more than learning by heart', async () => {
    const types = Array.from({ length: 240 }, (_, r) => (r % 4) + 4 * (r % 20 < 10 ? 0 : 1));
    const names = table(
      240,
      Array.from({ length: 8 }, (_, type) => (r: number) => Number(types[r] === type)),
    );
    const byHeart = await ridgeClassifier(names, labels, { rng, types });
    expect([byHeart.accuracy, byHeart.controlAccuracy, byHeart.selectivity]).toEqual([1, 1, 0]);
    const meaning = await ridgeClassifier(blobs, labels, { rng: new Rng(3), types });
    expect(meaning.accuracy).toBe(1);
    expect(meaning.selectivity).toBeGreaterThan(0.1);
  });

  it('refuses labels that are no classes', async () => {
    await expect(ridgeClassifier(blobs, [0.5], { rng })).rejects.toThrow('classes 0, 1, 2 … as labels, got 0.5');
    await expect(ridgeClassifier(blobs, [0, 1], { rng })).rejects.toThrow(
      'targets of 240 rows, as there are features of, got 2',
    );
  });
});

describe('controlTargets', () => {
  it('gives each type one target, of those that there are', () => {
    const types = ['AA', 'AC', 'AA', 'CA', 'AC', 'AA'];
    const { values } = controlTargets(table(6, [(r) => 10 * r, (r) => r]), types, new Rng(1));
    const pairs = types.map((_, r) => [values[2 * r], values[2 * r + 1]]);
    for (const [ten, one] of pairs) expect(ten).toBe(10 * one);
    expect(pairs[2]).toEqual(pairs[0]);
    expect(pairs[5]).toEqual(pairs[0]);
    expect(pairs[4]).toEqual(pairs[1]);
    expect(new Set(pairs.map(([, one]) => one)).size).toBeGreaterThan(1);
  });
});

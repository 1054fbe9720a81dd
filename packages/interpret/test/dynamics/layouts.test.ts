import { Rng } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { type NdArray, pca, projectOnto, umap } from '../../src/index';
import { normals } from './recurrences';

describe('pca', () => {
  it('is worked out by hand for points on a cross', async () => {
    // (±3, ±3)/√2 along the diagonal, (1, −1)/√2 and back across it, all moved by (10, 20).
    const [long, short] = [3 / Math.SQRT2, 1 / Math.SQRT2];
    const points = [long, long, -long, -long, short, -short, -short, short].map(
      (value, i) => value + (i % 2 ? 20 : 10),
    );
    const { mean, components, variances, explained, scores } = await pca({ values: points, shape: [4, 2] });
    expect([...mean]).toEqual([10, 20].map((value) => expect.closeTo(value, 12)));
    expect([...components.values]).toEqual([1, 1, 1, -1].map((value) => expect.closeTo(value / Math.SQRT2, 12)));
    expect([...variances]).toEqual([18 / 3, 2 / 3].map((value) => expect.closeTo(value, 12)));
    expect([...explained]).toEqual([0.9, 0.1].map((value) => expect.closeTo(value, 12)));
    expect([...scores.values]).toEqual([3, 0, -3, 0, 0, 1, 0, -1].map((value) => expect.closeTo(value, 12)));
  });

  it('finds as much variance along the axes as there is, and lays out new rows alike', async () => {
    const rows = { values: normals(1, 50, 6), shape: [50, 6] };
    const found = await pca(rows, { components: 6 });
    expect(found.explained.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    for (let k = 0; k < 6; k++) {
      const along = Array.from({ length: 50 }, (_, r) => found.scores.values[6 * r + k]);
      expect(along.reduce((sum, value) => sum + value ** 2, 0) / 49).toBeCloseTo(found.variances[k], 12);
      expect(found.variances[k]).toBeLessThanOrEqual(found.variances[Math.max(0, k - 1)]);
    }
    const one = projectOnto(found, { values: rows.values.slice(12, 18), shape: [1, 6] });
    one.values.forEach((value, k) => expect(value).toBeCloseTo(found.scores.values[12 + k], 12));
  });

  it('copes with rows that are all the same, and stops where asked to', async () => {
    expect([...(await pca({ values: [1, 2, 1, 2], shape: [2, 2] })).explained]).toEqual([0, 0]);
    const rows = { values: normals(1, 5, 2), shape: [5, 2] };
    await expect(pca(rows, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(pca(rows, { components: 3 })).rejects.toThrow('1 to 2 components, got 3');
    await expect(pca({ values: [1], shape: [1, 1] })).rejects.toThrow('at least 2 rows, got 1');
    const { mean, components } = await pca(rows);
    expect(() => projectOnto({ mean, components }, { values: [1], shape: [1, 1] })).toThrow('rows of 2 numbers, got 1');
  });
});

describe('umap', () => {
  /** Three groups of 30 in ten dimensions, far apart. */
  const groups: NdArray = {
    values: normals(2, 90, 10).map((value, i) => value + (i % 10 === Math.floor(i / 300) ? 30 : 0)),
    shape: [90, 10],
  };

  it('keeps neighbours together', async () => {
    const { values, shape } = await umap(groups, { rng: new Rng(1), neighbors: 10 });
    expect(shape).toEqual([90, 2]);
    const nearest = Array.from({ length: 90 }, (_, a) => {
      const distance = (b: number) => Math.hypot(values[2 * a] - values[2 * b], values[2 * a + 1] - values[2 * b + 1]);
      return Array.from({ length: 90 }, (_, b) => b)
        .filter((b) => b !== a)
        .sort((b, c) => distance(b) - distance(c))[0];
    });
    for (const [a, b] of nearest.entries()) expect(Math.floor(b / 30)).toBe(Math.floor(a / 30));
  });

  it('comes out the same for the same seed, and tells of its progress', async () => {
    const heard: number[] = [];
    const run = () =>
      umap(groups, { rng: new Rng(3), epochs: 20, components: 3, onProgress: (done) => heard.push(done) });
    const first = await run();
    expect(first.shape).toEqual([90, 3]);
    expect(heard).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await run()).toEqual(first);
  });

  it('stops where asked to, and says when there are too few rows', async () => {
    const stop = new AbortController();
    const run = umap(groups, {
      rng: new Rng(3),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    const few = { values: normals(2, 15, 2), shape: [15, 2] };
    await expect(umap(few, { rng: new Rng(1) })).rejects.toThrow(
      'more rows than neighbors (15), got 15; ask for fewer',
    );
  });
});

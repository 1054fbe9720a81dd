import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byClusters, cut, linkage } from '../src/trees/linkage';
import type { Merge } from '../src/trees/linkage';

describe('linkage', () => {
  it('takes the first of equally close pairs, by places', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 45 }), (values) => {
        const { distances, count } = squareOf(values);
        expect(linkage(distances.slice(), count, byClusters)).toEqual(byAllPairs(distances, count));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is what it is by hand', () => {
    // a–b 2, c–d 1; between {a, b} and {c, d}: (6 + 8 + 10 + 4) / 4 = 7
    const distances = Float64Array.of(0, 2, 6, 8, 2, 0, 10, 4, 6, 10, 0, 1, 8, 4, 1, 0);
    const merges = linkage(distances.slice(), 4);
    expect(merges).toEqual([
      { a: 2, b: 3, height: 1 },
      { a: 0, b: 1, height: 2 },
      { a: 0, b: 2, height: 7 },
    ]);
    expect(cut(merges, 4, 1.5)).toEqual([[0], [1], [2, 3]]);
    expect(cut(merges, 4, 2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(cut(merges, 4, 7)).toEqual([[0, 1, 2, 3]]);
    expect(linkage(new Float64Array(1), 1)).toEqual([]);
  });

  it('merges as the plain definition does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 4, maxLength: 66 }), (values) => {
        const { distances, count } = squareOf(values.map((value, at) => value + at / 1e3)); // no ties
        const heights = linkage(distances.slice(), count).map(({ height }) => height);
        plain(distances, count).forEach((expected, i) => expect(heights[i]).toBeCloseTo(expected, 5));
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

/** Heights of the merges, ascending: again and again the two clusters whose items are closest on average. */
function plain(distances: Float64Array, count: number): number[] {
  let clusters = Array.from({ length: count }, (_, i) => [i]);
  const mean = (a: number[], b: number[]) =>
    a.reduce((sum, i) => sum + b.reduce((inner, j) => inner + distances[i * count + j], 0), 0) / (a.length * b.length);
  const heights: number[] = [];
  while (clusters.length > 1) {
    const pairs = clusters.flatMap((a, i) => clusters.slice(0, i).map((b) => ({ a, b, height: mean(a, b) })));
    const { a, b, height } = pairs.reduce((best, pair) => (pair.height < best.height ? pair : best));
    clusters = [...clusters.filter((cluster) => cluster !== a && cluster !== b), [...a, ...b]];
    heights.push(height);
  }
  return heights;
}

/** As many rows as there are values for below the diagonal. */
function squareOf(values: readonly number[]): { distances: Float64Array; count: number } {
  const count = Math.floor((1 + Math.sqrt(1 + 8 * values.length)) / 2);
  const distances = new Float64Array(count * count);
  for (let a = 0, at = 0; a < count; a++)
    for (let b = 0; b < a; b++) distances[a * count + b] = distances[b * count + a] = values[at++];
  return { distances, count };
}

/** Looks at all pairs each time; both clusters count alike, so that small numbers halve without rounding. */
function byAllPairs(distances: Float64Array, count: number): Merge[] {
  const merges: Merge[] = [];
  let places = Array.from({ length: count }, (_, i) => i);
  const between = (x: number, y: number) => distances[x * count + y];
  while (places.length > 1) {
    const pairs = places.flatMap((a, i) => places.slice(i + 1).map((b) => ({ a, b, height: between(a, b) })));
    const merge = pairs.reduce((best, pair) => (pair.height < best.height ? pair : best));
    places = places.filter((place) => place !== merge.b);
    for (const other of places) {
      const mean = (between(merge.a, other) + between(merge.b, other)) / 2;
      distances[merge.a * count + other] = distances[other * count + merge.a] = mean;
    }
    merges.push(merge);
  }
  return merges;
}

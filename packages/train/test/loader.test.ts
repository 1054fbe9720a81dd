import { Rng } from '@hairpin/tensors/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Loader, paddedLengths, type Rows } from '../src/index';

const make = (lengths: readonly number[], options: { batchSize: number; shuffle?: boolean; maxLengths?: number }) =>
  new Loader<Rows>({ lengths, collate: (rows) => rows, rng: new Rng(3), ...options });

const meant = (loader: Loader<Rows>, n = 0) =>
  [...loader.epoch(n)].map(({ rows }) => Array.from(rows.indices.subarray(0, rows.count)));

describe('paddedLengths', () => {
  it('cuts the sorted lengths into groups of equal size', () => {
    expect(paddedLengths([5, 1, 3, 2, 4, 6], { maxLengths: 3, minRows: 2 })).toEqual([2, 4, 6]);
  });

  it('makes fewer groups of few rows, and one of equal ones', () => {
    expect(paddedLengths([1, 2, 3], { maxLengths: 8, minRows: 2 })).toEqual([3]);
    expect(paddedLengths([7, 7, 7, 7], { maxLengths: 4, minRows: 1 })).toEqual([7]);
  });
});

describe('Loader', () => {
  it('meets each example once in an epoch, in at most maxLengths lengths that hold it', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 8 }),
        (list, batchSize, maxLengths) => {
          const loader = make(list, { batchSize, maxLengths });
          const batches = [...loader.epoch(1)];
          expect(batches.length).toBe(loader.batches);
          expect(new Set(batches.map(({ rows }) => rows.length)).size).toBeLessThanOrEqual(maxLengths);
          for (const { rows } of batches) {
            expect(rows.indices).toHaveLength(batchSize);
            expect(rows.indices.every((i) => list[i] <= rows.length)).toBe(true);
            expect(Array.from(rows.weights)).toEqual(Array.from(rows.indices, (_, i) => Number(i < rows.count)));
          }
          expect(
            meant(loader, 1)
              .flat()
              .sort((a, b) => a - b),
          ).toEqual(list.map((_, i) => i));
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('orders an epoch by its number and the seed alone', () => {
    const lengths = Array.from({ length: 30 }, (_, i) => 1 + (i % 7));
    const [a, b] = [make(lengths, { batchSize: 4 }), make(lengths, { batchSize: 4 })];
    meant(a, 1); // what was asked before does not matter
    expect(meant(a, 2)).toEqual(meant(b, 2));
    expect(meant(a, 2)).not.toEqual(meant(a, 3));
  });

  it('keeps the order when not shuffling', () => {
    expect(meant(make([1, 1, 1, 1, 1], { batchSize: 2, shuffle: false }))).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('names the example whose length is none', () => {
    expect(() => make([3, 0], { batchSize: 2 })).toThrow('Loader: expected lengths of at least 1, got 0 for example 1');
    expect(() => make([], { batchSize: 2 })).toThrow('at least one example');
    expect(() => make([1], { batchSize: 0 })).toThrow('batch size');
  });
});

import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import { drawnBatches } from '../src/index';

describe('drawnBatches', () => {
  const source = (seed = 1) =>
    drawnBatches({
      ...{ batches: 3, batchSize: 2, rng: new Rng(seed) },
      draw: (rng, rows) => Array.from({ length: rows }, () => rng.next()),
    });
  const epoch = (n: number, from?: number, seed?: number) =>
    [...(source(seed).epoch(n, from) as Iterable<{ batch: number[]; rows: { count: number } }>)].map(
      ({ batch }) => batch,
    );

  it('draws other examples for each batch and epoch, the same whenever they are asked for', () => {
    const all = [...epoch(1), ...epoch(2)].flat();
    expect(new Set(all).size).toBe(12);
    expect(epoch(1)).toEqual(epoch(1));
    expect(epoch(1, 1)).toEqual(epoch(1).slice(1));
    expect(epoch(1, 0, 2)).not.toEqual(epoch(1));
  });

  it('says which size is none', () => {
    const options = { batches: 3, batchSize: 2, rng: new Rng(1), draw: () => [] };
    expect(() => drawnBatches({ ...options, batches: 0 })).toThrow(
      'drawnBatches: expected batches of at least 1, got 0',
    );
    expect(() => drawnBatches({ ...options, batchSize: 1.5 })).toThrow('batchSize of at least 1, got 1.5');
  });
});

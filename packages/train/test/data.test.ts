import { tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { describe, expect, it } from 'vitest';
import {
  addNoise,
  balanced,
  circularShift,
  groupSplit,
  kFold,
  Loader,
  randomSplit,
  reverseComplementSome,
  StreamLoader,
  stratifiedSplit,
} from '../src/index';
import { prefetch } from '../src/data/prefetch';

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const sorted = (...lists: Iterable<number>[]) => lists.flatMap((list) => [...list]).sort((a, b) => a - b);

describe('a split', () => {
  it('takes each example once, at random', () => {
    const { train, test } = randomSplit(100, 0.2, new Rng(1));
    expect(test).toHaveLength(20);
    expect(sorted(train, test)).toEqual(range(100));
    expect([...randomSplit(100, 0.2, new Rng(2)).test]).not.toEqual([...test]);
    expect([...randomSplit(100, 0.2, new Rng(1)).test]).toEqual([...test]);
  });

  it('by class has the same share of each', () => {
    const labels = range(90).map((i) => Number(i % 9 === 0)); // 10 and 80
    const { train, test } = stratifiedSplit(labels, 0.3, new Rng(1));
    expect([...test].filter((i) => labels[i] === 1)).toHaveLength(3);
    expect(test).toHaveLength(27);
    expect(sorted(train, test)).toEqual(range(90));
  });

  it('by group never cuts one', () => {
    const groups = range(60).map((i) => `gene ${i % 13}`);
    const { train, test } = groupSplit(groups, 0.25, new Rng(3));
    const ofTrain = new Set([...train].map((i) => groups[i]));
    expect([...test].some((i) => ofTrain.has(groups[i]))).toBe(false);
    expect(test.length).toBeGreaterThanOrEqual(15);
    expect(sorted(train, test)).toEqual(range(60));
  });

  it.each([0, 1, NaN])('refuses a share of %s', (share) => {
    expect(() => randomSplit(10, share, new Rng(1))).toThrow('randomSplit: expected a share between 0 and 1');
  });
});

describe('k folds', () => {
  it('test each example once, and differ by one in size', () => {
    const folds = kFold(23, 5, new Rng(1));
    expect(sorted(...folds.map(({ test }) => test))).toEqual(range(23));
    expect(folds.map(({ test }) => test.length).sort()).toEqual([4, 4, 5, 5, 5]);
    for (const { train, test } of folds) expect(sorted(train, test)).toEqual(range(23));
  });

  it('by class have its share each', () => {
    const labels = range(40).map((i) => Number(i < 12));
    for (const { test } of kFold(40, 4, new Rng(1), { labels }))
      expect([...test].filter((i) => labels[i] === 1)).toHaveLength(3);
  });

  it('by group keep it together, and come out even', () => {
    const groups = range(40).map((i) => Math.floor(i / 4));
    const folds = kFold(40, 5, new Rng(1), { groups });
    for (const { train, test } of folds) {
      expect(test).toHaveLength(8);
      expect([...test].some((i) => [...train].some((j) => groups[i] === groups[j]))).toBe(false);
    }
  });

  it('say what does not fit', () => {
    expect(() => kFold(3, 4, new Rng(1))).toThrow('expected from 2 to 3 folds, got 4');
    expect(() => kFold(4, 2, new Rng(1), { groups: [1, 1, 1, 1] })).toThrow('at least 2 groups, got 1');
    expect(() => kFold(4, 2, new Rng(1), { labels: [1] })).toThrow('4 labels, one for each example, got 1');
  });
});

describe('balanced sampling', () => {
  const labels = range(50).map((i) => Number(i < 5));

  it('draws every class as often', () => {
    const drawn = balanced(labels)(new Rng(1));
    expect(drawn).toHaveLength(50);
    expect(Array.from(drawn).filter((i) => labels[i] === 1)).toHaveLength(25);
  });

  it('is drawn anew in each epoch, and the same for the same one', () => {
    const lengths = labels.map(() => 1);
    const loader = new Loader({
      lengths,
      batchSize: 8,
      rng: new Rng(2),
      sample: balanced(labels),
      collate: ({ indices, count }) => [...indices.subarray(0, count)],
    });
    const epoch = (n: number) => [...loader.epoch(n)].flatMap(({ batch }) => batch);
    expect(epoch(1)).toEqual(epoch(1));
    expect(sorted(epoch(1))).not.toEqual(sorted(epoch(2)));
    expect(epoch(1).filter((i) => labels[i] === 1)).toHaveLength(25);
    expect(loader.batches).toBe(7);
    expect([...loader.epoch(1, 5)].flatMap(({ batch }) => batch)).toEqual(epoch(1).slice(40));
  });
});

describe('a stream', () => {
  const words = range(100).map((i) => 'x'.repeat(1 + (i % 10)) + String(i).padStart(2, '0'));
  const loader = (options: { shuffleBuffer?: number; padded?: number[] } = {}) =>
    new StreamLoader({
      examples: async function* () {
        for (const word of words) yield await Promise.resolve(word);
      },
      lengthOf: (word) => word.length,
      ...{ padded: [6, 12], batchSize: 8, rng: new Rng(1), ...options },
      collate: (list, rows) => ({ list, ...rows }),
    });
  const all = async (stream: ReturnType<typeof loader>, n?: number, from?: number) => {
    const batches = [];
    for await (const { batch } of stream.epoch(n, from)) batches.push(batch);
    return batches;
  };

  it('gives each example once, padded to the first length that holds it, the last batches filled up', async () => {
    const stream = loader();
    const batches = await all(stream);
    const meant = batches.flatMap(({ list, count }) => list.slice(0, count));
    expect([...meant].sort()).toEqual([...words].sort());
    for (const { list, length, weights, count } of batches) {
      expect(list).toHaveLength(8);
      for (const word of list) expect(length === 6 ? word.length <= 6 : word.length > 6).toBe(true);
      expect([...weights]).toEqual(range(8).map((i) => Number(i < count)));
    }
    expect(stream.batches).toBe(batches.length);
  });

  it('is drawn anew in each epoch, and goes on from any batch', async () => {
    const stream = loader({ shuffleBuffer: 20 });
    const first = await all(stream, 1);
    expect(first.map(({ list }) => list)).not.toEqual((await all(stream, 2)).map(({ list }) => list));
    expect((await all(stream, 1, 4)).map(({ list }) => list)).toEqual(first.slice(4).map(({ list }) => list));
  });

  it('keeps its order with a buffer of one', async () => {
    const [batch] = await all(loader({ shuffleBuffer: 1, padded: [12] }));
    expect(batch.list).toEqual(words.slice(0, 8));
  });

  it('names an example that is too long', async () => {
    await expect(all(loader({ padded: [6] }))).rejects.toThrow(/examples of at most 6, got one of \d+/);
  });
});

describe('prefetching', () => {
  it('asks ahead, keeps the order, and lets the source end', async () => {
    const asked: number[] = [];
    let isClosed = false;
    async function* source() {
      try {
        for (let i = 0; i < 9; i++) {
          asked.push(i);
          yield await Promise.resolve(i);
        }
      } finally {
        isClosed = true;
      }
    }
    const seen: number[] = [];
    for await (const value of prefetch(source(), 3)) {
      seen.push(value);
      await new Promise((resolve) => setTimeout(resolve));
      if (value === 2) expect(asked.length).toBeGreaterThan(4);
      if (value === 5) break;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    expect(isClosed).toBe(true);
  });

  it('raises what the source raises, in its place', async () => {
    async function* source() {
      yield await Promise.resolve(1);
      throw new Error('the file ends here');
    }
    const seen: number[] = [];
    const read = async () => {
      for await (const value of prefetch(source())) seen.push(value);
    };
    await expect(read()).rejects.toThrow('the file ends here');
    expect(seen).toEqual([1]);
  });
});

describe('augmentation', () => {
  const x = () => tensor(Float32Array.from(range(2 * 3 * 4)), { shape: [2, 3, 4] });

  it('reads the other strand', async () => {
    const turned = Array.from(await reverseComplementSome(x(), new Rng(1), 1).data());
    expect(turned.slice(0, 12)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await reverseComplementSome(x(), new Rng(1), 0).data()).toEqual(await x().data());
  });

  it('begins circles elsewhere', async () => {
    const shifted = await circularShift(x(), new Rng(4)).data();
    for (const row of [0, 1]) {
      const steps = range(3).map((t) => shifted[row * 12 + 4 * t] / 4 - 3 * row);
      expect(sorted(steps)).toEqual([0, 1, 2]);
      expect((steps[1] - steps[0] + 3) % 3).toBe(1);
    }
  });

  it('adds noise of the size asked for', async () => {
    const zeros = tensor(new Float32Array(10_000), { shape: [1, 2500, 4] });
    const noise = Array.from(await addNoise(zeros, new Rng(1), 0.5).data());
    expect(Math.sqrt(noise.reduce((a, b) => a + b * b, 0) / 1e4)).toBeCloseTo(0.5, 1);
  });
});

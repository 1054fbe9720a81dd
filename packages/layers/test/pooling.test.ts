import { full, normal, Rng, tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { AvgPool1d, GlobalLogSumExpPool, GlobalMaxPool, GlobalMeanPool, KMaxPool } from '../src/index';
import { draw64, rows, same } from './support';

const list = async (cell: { data(): Promise<ArrayLike<number>> }) => Array.from(await cell.data());
/** One channel. */
const sequence = (...values: number[]) => tensor(values, { shape: [1, values.length, 1] });

describe('GlobalMeanPool', () => {
  it('is the mean up to the length, by hand, and 0 for a row without positions', async () => {
    const x = tensor([
      [[1], [3], [NaN]],
      [[NaN], [NaN], [NaN]],
    ]);
    expect(await list(new GlobalMeanPool().forward(x, { lengths: rows([2, 0]) }))).toEqual([2, 0]);
  });

  it('says which input it wants', () => {
    expect(() => new GlobalMeanPool().forward(full([2, 3], 0))).toThrow('GlobalMeanPool: expected input [batch');
  });
});

describe('AvgPool1d', () => {
  it('is the mean of each whole window, by hand', async () => {
    expect(await list(new AvgPool1d({ width: 2 }).forward(sequence(1, 3, 5, 9, 7)))).toEqual([2, 7]);
    expect(await list(new AvgPool1d({ width: 2, stride: 1 }).forward(sequence(1, 3, 5)))).toEqual([2, 4]);
  });
});

describe('GlobalLogSumExpPool', () => {
  it('is log(mean of eˣ), by hand', async () => {
    const y = new GlobalLogSumExpPool().forward(sequence(0, Math.log(3)));
    assertClose(await y.data(), [Math.log(2)], 1e-6);
  });

  it('lies between the mean and the largest, and comes to either', async () => {
    const x = normal(new Rng(2), [3, 20, 4]);
    const at = (temperature: number) => new GlobalLogSumExpPool({ temperature }).forward(x);
    await same(at(1e4), new GlobalMeanPool().forward(x), 1e-2); // off by var / 2τ, and rounding · τ
    await same(at(1e-3), new GlobalMaxPool().forward(x), 3e-3); // off by τ · log 20
    const [mean, middle, max] = await Promise.all([at(1e3), at(1), at(1e-3)].map(list));
    middle.forEach((y, i) => expect(y > mean[i] && y < max[i]).toBe(true));
  });

  it('neither overflows nor vanishes', async () => {
    assertClose(await new GlobalLogSumExpPool().forward(sequence(1e4, 1e4)).data(), [1e4], 1e-6);
    assertClose(await new GlobalLogSumExpPool().forward(sequence(-1e4, -1e4)).data(), [-1e4], 1e-6);
    assertClose(await new GlobalLogSumExpPool({ temperature: 1e-3 }).forward(sequence(100, -100)).data(), [100], 1e-4);
  });

  it('gives 0 for a row without positions, and no gradient', async () => {
    const pool = new GlobalLogSumExpPool({ temperature: 0.5 });
    expect(await list(pool.forward(sequence(NaN, NaN), { lengths: rows([0]) }))).toEqual([0]);
    await checkGradient((x) => pool.forward(x, { lengths: rows([0, 2]) }), draw64(1, [2, 3, 2]));
  });

  it('wants a temperature above 0', () => {
    expect(() => new GlobalLogSumExpPool({ temperature: 0 })).toThrow('a finite temperature > 0, got 0');
  });
});

describe('KMaxPool', () => {
  it('keeps the k largest of each channel in their order', async () => {
    const x = tensor([[[5, 1], [1, 2], [9, 0], [7, 3]]]); // prettier-ignore
    expect(await list(new KMaxPool({ k: 2 }).forward(x))).toEqual([9, 2, 7, 3]);
    expect(await list(new KMaxPool({ k: 3 }).forward(x))).toEqual([5, 1, 9, 2, 7, 3]);
  });

  it('has zeros after a row of fewer positions, also where those are negative', async () => {
    const y = new KMaxPool({ k: 3 }).forward(sequence(-4, -2, 8, 9), { lengths: rows([2]) });
    expect(await list(y)).toEqual([-4, -2, 0]);
    expect(await list(new KMaxPool({ k: 3 }).forward(sequence(-4)))).toEqual([-4, 0, 0]);
  });

  it('has nothing but zeros without positions', async () => {
    expect(await list(new KMaxPool({ k: 2 }).forward(full([1, 0, 2], 1)))).toEqual([0, 0, 0, 0]);
  });

  it('sends the gradient where the largest stood', async () => {
    await checkGradient((x) => new KMaxPool({ k: 3 }).forward(x, { lengths: rows([7, 2]) }), draw64(3, [2, 7, 2]));
  });

  it('wants a whole number', () => {
    expect(() => new KMaxPool({ k: 0 })).toThrow('k to be a whole number ≥ 1, got 0');
  });
});

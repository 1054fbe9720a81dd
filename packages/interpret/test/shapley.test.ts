import { type Model, openDevice, Rng, uniform } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { deepLift, exactShapley, kernelShap } from '../src/index';
import { letters, models, Weights } from './attribution/models';
import { close, column, list, rows } from './numbers';

const cpu = await openDevice('cpu');

describe('exact Shapley values', () => {
  it('share a product equally and leave a sum alone', async () => {
    const model: Model = (x) => column(x, 0).mul(column(x, 1)).add(column(x, 2).mul(3));
    close(await list((await exactShapley(model, rows([1, 1, 1]))).values), [0.5, 0.5, 3]);
  });

  it('of the glove game: one left glove, two right ones', async () => {
    const model: Model = (x) => column(x, 0).mul(column(x, 1).maximum(column(x, 2)));
    const found = await exactShapley(model, rows([1, 1, 1]));
    close(await list(found.values), [4 / 6, 1 / 6, 1 / 6]);
    close([...found.output, ...found.reference], [1, 0]);
  });

  it('of players that own several positions, against a reference', async () => {
    const model: Model = (x) => column(x, 0).mul(column(x, 1)).add(column(x, 2));
    const found = await exactShapley(model, rows([2, 3, 5]), { references: rows([1, 1, 1]), players: [0, 0, 1] });
    close(await list(found.values), [5, 4]);
  });

  it('are DeepLIFT where there is one op of two', async () => {
    const model: Model = (x) => column(x, 0).div(column(x, 1)); // two players
    const [x, references] = [rows([3, 4]), rows([1, 2])];
    close(await list((await exactShapley(model, x, { references })).values), await list((await deepLift(model, x, { references })).contributions)); // prettier-ignore
  });

  it('ask for no more than they can meet', async () => {
    const model: Model = (x) => x.sum(1);
    await expect(exactShapley(model, rows(Array<number>(13).fill(1)))).rejects.toThrow(/at most 12 players, got 13/);
    await expect(exactShapley(model, rows([1, 2]), { players: [0, 2] })).rejects.toThrow(/every number used/);
  });
});

describe('KernelSHAP', () => {
  const model = models['dot-product attention'].make(new Weights('f64', cpu), 8);
  const x = letters(2, 8, 5, 'f64', cpu);
  const references = letters(2, 8, 6, 'f64', cpu);

  it('of all coalitions is exact', async () => {
    const [kernel, exact] = [await kernelShap(model, x, { references }), await exactShapley(model, x, { references })];
    close(await list(kernel.values), await list(exact.values), 10);
    expect(Math.max(...(await list(kernel.standardErrors)))).toBe(0);
  });

  it('of drawn ones lies within its standard error', async () => {
    const exact = await list((await exactShapley(model, x, { references })).values);
    const errors: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const drawn = await kernelShap(model, x, { references, samples: 120, seed });
      const [values, standard] = [await list(drawn.values), await list(drawn.standardErrors)];
      values.forEach((value, i) => standard[i] > 1e-9 && errors.push((value - exact[i]) / standard[i])); // not the letters that are the reference's
      expect(values.slice(0, 8).reduce((a, b) => a + b, 0)).toBeCloseTo(drawn.output[0] - drawn.reference[0], 10);
    }
    const squares = errors.reduce((sum, z) => sum + z * z, 0) / errors.length;
    expect(squares).toBeGreaterThan(0.5); // neither too wide
    expect(squares).toBeLessThan(2); // nor too narrow
  });

  it('of a linear model needs few draws', async () => {
    const w = uniform(new Rng(1), [40], -1, 1).cast('f64');
    const linear: Model = (own) => own.mul(w).sum(1);
    const own = uniform(new Rng(2), [1, 40]).cast('f64');
    const found = await kernelShap(linear, own, { samples: 200 });
    close(await list(found.values), await list(w.mul(own)), 9);
    await expect(kernelShap(linear, own, { samples: 50 })).rejects.toThrow(/at least 80 samples for 40 players/);
  });
});

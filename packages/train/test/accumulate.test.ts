import { type Parameter, parameter, parameters, sum, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam, type Batch, binaryCrossEntropy, fit, NotFiniteError, snapshot, TrainStep } from '../src/index';
import { problem } from './problem';

const shape = [2, 1];
const points = [0.3, -1.2, 0.8, 0.5, -0.4, 2.1, 1.7, -0.6, 0.2, 0.9, -1.1, 0.4];
const labels = [1, 0, 1, 1, 0, 0];

/** A logistic regression in double precision; a batch weighs as much as it has rows that count. */
function regression() {
  const w: Parameter = parameter(tensor(Float64Array.of(0.1, -0.2), { shape }));
  const loss = ({ x, y, weights }: Batch) => binaryCrossEntropy(x.matmul(w).reshape([-1]), y, { weights });
  const weightOf = ({ weights }: Batch) => sum(weights);
  return { w, step: new TrainStep({ weights: { w }, optimizer: new Adam({ w }), loss, weightOf, clipNorm: 0.3 }) };
}

const rows = (from: number, to: number, fill = 0): Batch => {
  const f64 = (values: number[]) => tensor(Float64Array.from(values));
  const filled = <T>(list: T[], value: T) => [...list, ...new Array<T>(fill).fill(value)];
  const count = to - from + fill;
  return {
    x: tensor(Float64Array.from(filled(points.slice(2 * from, 2 * to), 7).concat(new Array<number>(fill).fill(7))), {
      shape: [count, 2],
    }),
    y: f64(filled(labels.slice(from, to), 1)),
    weights: f64(filled(new Array<number>(to - from).fill(1), 0)),
  };
};

describe('gradients of several batches', () => {
  it('are those of one large batch, rows of weight 0 aside', async () => {
    const [whole, parts] = [regression(), regression()];
    for (let step = 0; step < 5; step++) {
      const [expected] = await (await whole.step.run(rows(0, 6), 0.1)).data();
      for (const batch of [rows(0, 3), rows(3, 5, 1), rows(5, 6, 2)]) await parts.step.accumulate(batch);
      const [loss, hasMoved] = await (await parts.step.finish(0.1)).data();
      expect(hasMoved).toBe(1);
      expect(Math.abs(loss - expected)).toBeLessThan(1e-12);
      const [a, b] = [await whole.w.data(), await parts.w.data()];
      a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-12));
    }
  });

  it('are summed anew after each step', async () => {
    const { step, w } = regression();
    await step.accumulate(rows(0, 3));
    step.discard();
    await step.accumulate(rows(3, 6));
    await step.finish(0.1);
    const other = regression();
    await other.step.run(rows(3, 6), 0.1);
    expect(await w.data()).toEqual(await other.w.data());
  });

  it('cannot be applied before there are any', async () => {
    await expect(async () => regression().step.finish()).rejects.toThrow('gradients that were accumulated');
  });

  it('make fewer steps of the same epoch', async () => {
    const { step, loader } = await problem(); // 7 batches in an epoch
    const result = await fit({ step, loader, epochs: 2, learningRate: 0.1, accumulate: 3 });
    expect(result.batches).toBe(14);
    expect(await parameters(step)['optimizer.count'].item()).toBe(6); // 3 + 3 + 1 batches, twice
    expect(result.history[1].train).toBeLessThan(result.history[0].train);
  });

  it('that are not finite leave the weights of the step before', async () => {
    const { step, loader, weights } = await problem({ poison: 40 });
    const clean = await problem();
    const order = [...clean.loader.epoch(1)].map(({ rows }) => rows.indices.subarray(0, rows.count));
    const bad = 1 + order.findIndex((indices) => indices.includes(40));
    const run = { epochs: 1, learningRate: 0.1, accumulate: 2 };
    await expect(fit({ ...run, step, loader })).rejects.toThrow(NotFiniteError);
    const whole = 2 * Math.floor((bad - 1) / 2);
    const batches = [...clean.loader.epoch(1)].map(({ batch }) => batch).slice(0, whole);
    for (const [i, batch] of batches.entries()) {
      await clean.step.accumulate(batch);
      if (i % 2 === 1) await clean.step.finish(0.1);
    }
    expect(await snapshot(weights)).toEqual(await snapshot(clean.weights));
  });
});

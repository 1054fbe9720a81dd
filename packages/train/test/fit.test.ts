import { describe, expect, it } from 'vitest';
import { auroc, type EpochRecord, fit, NotFiniteError, type Progress, snapshot } from '../src/index';
import { stopsAtOverflow } from './overflow';
import { problem } from './problem';

describe('fit', () => {
  it('learns, and tells how it goes', async () => {
    const { step, loader, inOrder, labels, predict } = await problem();
    const told: Progress[] = [];
    const result = await fit({
      step,
      loader,
      epochs: 30,
      learningRate: 0.1,
      readEvery: 4,
      onProgress: (p) => told.push(p),
    });
    expect(result).toMatchObject({ bestEpoch: 30, stopped: 'finished' });
    expect(result.history).toHaveLength(30);
    expect(result.history[29].train).toBeLessThan(result.history[0].train / 2);
    expect(auroc(labels, await predict(inOrder))).toBeGreaterThan(0.99);
    expect(told.slice(0, 2)).toMatchObject([
      { epoch: 1, epochs: 30, step: 4, steps: 7 },
      { epoch: 1, epochs: 30, step: 7, steps: 7 },
    ]);
    expect(told[1].loss).toBe(result.history[0].train);
  });

  it('gives the same weights for the same seed', async () => {
    const weightsOf = async () => {
      const { step, loader, weights } = await problem();
      await fit({ step, loader, epochs: 2, learningRate: 0.1 });
      return snapshot(weights);
    };
    expect(await weightsOf()).toEqual(await weightsOf());
  });

  it('stops early and keeps the weights of the best epoch', async () => {
    const { step, loader, weights } = await problem();
    const losses = [3, 1, 2, 1.5, 4];
    const after: Awaited<ReturnType<typeof snapshot>>[] = [];
    const validate = async () => losses[after.length];
    const onEpoch = async () => void after.push(await snapshot(weights));
    const result = await fit({ step, loader, epochs: 9, learningRate: 0.1, patience: 3, validate, onEpoch });
    expect(result).toMatchObject({ bestEpoch: 2, stopped: 'early' });
    expect(result.history.map(({ validation }) => validation)).toEqual(losses);
    expect(await snapshot(weights)).toEqual(after[1]);
    expect(after[4]).not.toEqual(after[1]);
  });

  it('ends after the first epoch that is as good as was asked', async () => {
    const { step, loader } = await problem();
    const measured = (values: number[]) => async () => values.shift()!;
    const options = { step, loader, epochs: 9, learningRate: 0.1 };
    const less = await fit({ ...options, target: 1, validate: measured([3, 1, 0.5]) });
    expect(less).toMatchObject({ bestEpoch: 2, stopped: 'reached' });
    const accuracies = [0.5, 0.7, 0.95].map((accuracy) => ({ accuracy }));
    const validate = async () => accuracies.shift()!;
    const more = await fit({ ...options, target: 0.9, validate, monitor: { metric: 'accuracy', mode: 'max' } });
    expect(more).toMatchObject({ bestEpoch: 3, stopped: 'reached' });
  });

  it('follows a learning rate that changes', async () => {
    const { step, loader, weights } = await problem();
    const asked: number[] = [];
    const before = await snapshot(weights);
    const learningRate = (done: number) => (asked.push(done), 0);
    await fit({ step, loader, epochs: 2, learningRate });
    expect(asked).toHaveLength(14);
    expect(asked[0]).toBe(0);
    expect(asked[13]).toBeCloseTo(13 / 14, 12);
    expect(await snapshot(weights)).toEqual(before); // at rate 0 nothing moves
  });

  it('stops when it is told to', async () => {
    const { step, loader } = await problem();
    const stop = new AbortController();
    const records: EpochRecord[] = [];
    const onProgress = ({ epoch }: Progress) => epoch === 2 && stop.abort();
    const onEpoch = (record: EpochRecord) => void records.push(record);
    const options = { step, loader, epochs: 9, learningRate: 0.1, readEvery: 3, signal: stop.signal };
    const result = await fit({ ...options, onProgress, onEpoch });
    expect(result).toMatchObject({ stopped: 'aborted', bestEpoch: 1 });
    expect(records.map(({ epoch }) => epoch)).toEqual([1]); // the second was broken off
  });

  it('never lets a NaN reach the weights, and says where it came from', async () => {
    const clean = await problem();
    const poisoned = await problem({ poison: 40 });
    const order = [...clean.loader.epoch(1)].map(({ rows }) => rows.indices.subarray(0, rows.count));
    const bad = 1 + order.findIndex((indices) => indices.includes(40));
    let steps = 0;
    const learningRate = () => (++steps, 0.1);
    const error = await fit({ step: poisoned.step, loader: poisoned.loader, epochs: 3, learningRate }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(NotFiniteError);
    expect(error).toMatchObject({ epoch: 1, step: bad, message: expect.stringContaining(`epoch 1, step ${bad}`) });
    expect(error).toMatchObject({ origin: { op: 'input', shape: [16, 2] } });
    expect(steps).toBeGreaterThanOrEqual(bad);

    for (const { batch } of [...clean.loader.epoch(1)].slice(0, bad - 1)) await clean.step.run(batch, 0.1);
    expect(await snapshot(poisoned.weights)).toEqual(await snapshot(clean.weights)); // of the step before, though more steps ran
  });
});

describe('a loss that overflows', () => {
  it('stops the run with the weights of the step before, and names op, tap, epoch and step', stopsAtOverflow);
});

describe('a device that computes at once', () => {
  it('leaves room for events, such as the one that stops it', async () => {
    const { step, loader } = await problem();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const result = await fit({ step, loader, epochs: 100_000, learningRate: 0.1, signal: stop.signal });
    expect(result.stopped).toBe('aborted');
  });
});

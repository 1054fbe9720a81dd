import { compile, full, parameter, parameters, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  constant,
  cosine,
  loadCheckpoint,
  plateau,
  type PlateauOptions,
  saveCheckpoint,
  type Schedule,
  SGD,
  stepDecay,
  warmUp,
} from '../../src/index';
import { schedules } from './schedules';

const rateAfter = (schedule: Schedule, step: number): Promise<number> =>
  schedule.at(full([], step, { dtype: 'f64' })).item();

describe('schedules', () => {
  it.each(schedules)('%s', async (_, make, expected) => {
    const schedule = make();
    for (const [step, rate] of expected) expect(await rateAfter(schedule, step)).toBeCloseTo(rate, 14);
  });

  it('follow the steps of an optimiser that were safe', async () => {
    const weights = { w: parameter(tensor(Float64Array.of(0))) };
    const sgd = new SGD(weights, { learningRate: stepDecay(1, { every: 2, factor: 0.5 }) });
    const moved: number[] = [];
    for (const isSafe of [true, true, false, true, true, true]) {
      const before = await weights.w.item();
      sgd.apply(weights, { w: tensor(Float64Array.of(-1)) }, { isSafe });
      moved.push((await weights.w.item()) - before);
    }
    expect(moved).toEqual([1, 1, 0, 0.5, 0.5, 0.25]);
  });

  it('give way to a learning rate that comes with the update', async () => {
    const weights = { w: parameter(tensor([0])) };
    const sgd = new SGD(weights, { learningRate: constant(1) });
    sgd.apply(weights, { w: tensor([-1]) }, { isSafe: true, learningRate: 0.25 });
    expect(await weights.w.item()).toBe(0.25);
  });

  it.each([
    [() => constant(-1), 'constant: expected a finite learning rate ≥ 0, got -1'],
    [() => stepDecay(1, { every: 0 }), 'stepDecay: expected a whole number ≥ 1 as every, got 0'],
    [() => stepDecay(1, { every: 1, factor: 2 }), 'stepDecay: expected a factor in (0, 1], got 2'],
    [() => cosine(1, { steps: 1.5 }), 'cosine: expected a whole number ≥ 1 as steps, got 1.5'],
    [() => cosine(1, { steps: 1, floor: 2 }), 'cosine: expected a floor from 0 to the rate (1), got 2'],
    [() => warmUp(1, -1), 'warmUp: expected a whole number ≥ 1 as steps, got -1'],
    [() => warmUp(1, 1, { startFactor: 2 }), 'warmUp: expected a startFactor in [0, 1], got 2'],
    [() => plateau(1, { factor: 1 }), 'plateau: expected a factor in (0, 1), got 1'],
    [() => plateau(1, { patience: -1 }), 'plateau: expected a whole number ≥ 0 as patience, got -1'],
  ])('refuse bad options: %s', (call, message) => expect(call).toThrow(new RangeError(message)));
});

/** PyTorch's `ReduceLROnPlateau.step`, line by line: the rate after each metric. */
function reduceOnPlateau(rate: number, metrics: readonly number[], options: PlateauOptions): number[] {
  const { factor = 0.1, patience = 10, minimum = 0, mode = 'min', threshold = 1e-4 } = options;
  const isBetter = (a: number, best: number) =>
    mode === 'min' ? a < best * (1 - threshold) : a > best * (1 + threshold);
  let [best, bad, lr] = [mode === 'min' ? Infinity : -Infinity, 0, rate];
  return metrics.map((metric) => {
    if (isBetter(metric, best)) [best, bad] = [metric, 0];
    else bad++;
    if (bad > patience) [lr, bad] = [Math.max(lr * factor, minimum), 0];
    return lr;
  });
}

const metrics = [3, 2, 2, 2.5, 1.9999, 1.5, 1.5, NaN, 1.6, 1.7, Infinity, 1.2, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3];

describe('plateau', () => {
  it.each<PlateauOptions>([
    { patience: 0, factor: 0.5 },
    { patience: 1, factor: 0.5 },
    { patience: 2 },
    { patience: 1, factor: 0.5, minimum: 0.1 },
    { patience: 1, factor: 0.5, threshold: 0.3 },
    { patience: 3, factor: 0.5, mode: 'max' },
    {},
  ])("lowers the rate where PyTorch's does: %o", async (options) => {
    const own = options.mode === 'max' ? metrics.filter((metric) => metric !== Infinity) : metrics;
    const schedule = plateau(0.8, options);
    for (const [i, rate] of reduceOnPlateau(0.8, own, options).entries()) {
      schedule.observe(own[i]);
      expect(await rateAfter(schedule, i)).toBeCloseTo(rate, 14);
    }
  });

  it('takes a negative metric that stands still for no progress', async () => {
    const schedule = plateau(1, { patience: 0, factor: 0.5 });
    schedule.observe(-2);
    schedule.observe(-2);
    expect(await rateAfter(schedule, 0)).toBe(0.5);
  });

  it('leaves a rate below its minimum alone', async () => {
    const schedule = plateau(warmUp(1, 10, { startFactor: 0 }), { patience: 0, factor: 0.5, minimum: 0.25 });
    expect(await rateAfter(schedule, 1)).toBeCloseTo(0.1, 14);
    [1, 1, 1, 1].forEach((metric) => schedule.observe(metric));
    expect(await rateAfter(schedule, 1)).toBeCloseTo(0.1, 14);
    expect(await rateAfter(schedule, 10)).toBe(0.25);
  });

  it('keeps what it has seen in the checkpoint of the optimiser, also within a warm-up', async () => {
    const make = () => {
      const lowered = plateau(1, { patience: 1, factor: 0.5 });
      const weights = { w: parameter(tensor([0])) };
      return { lowered, sgd: new SGD(weights, { learningRate: warmUp(lowered, 10) }) };
    };
    const [old, resumed] = [make(), make()];
    [1, 1, 1, 1].forEach((metric) => old.lowered.observe(metric));
    loadCheckpoint(parameters(resumed.sgd), await saveCheckpoint(parameters(old.sgd)));
    expect(await rateAfter(resumed.lowered, 0)).toBe(0.5);
    resumed.lowered.observe(1); // the second bad one since
    expect(await rateAfter(resumed.lowered, 0)).toBe(0.25);
  });

  it('changes the rate of a compiled step', async () => {
    const weights = { w: parameter(tensor([0])) };
    const lowered = plateau(1, { patience: 0, factor: 0.5 });
    const sgd = new SGD(weights, { learningRate: lowered });
    const step = compile(() => sgd.apply(weights, { w: tensor([-1]) }, { isSafe: true }));
    await step();
    lowered.observe(1);
    lowered.observe(1);
    await step();
    expect(await weights.w.item()).toBe(1.5);
  });
});

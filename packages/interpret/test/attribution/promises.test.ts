import {
  embedding,
  type Model,
  openDevice,
  Rng,
  scan,
  slice,
  tap,
  tensor,
  type Tensor,
  uniform,
  zeros,
} from '@hairpin/tensors';
import { distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { deepLift, deepShap, gradient, IncompleteAttribution, integratedGradients } from '../../src/index';
import { letters, models, Weights } from './models';

const cpu = await openDevice('cpu');
const make = (name: string, length = models[name].length): Model => models[name].make(new Weights('f64', cpu), length);
const shuffled = (count: number) => (x: Tensor, rng: Rng) => uniform(rng, [count, ...x.shape]).cast('f64');
const row = async (x: Tensor, i: number): Promise<number[]> => {
  const size = x.size / x.shape[0];
  return [...(await x.data())].slice(i * size, (i + 1) * size);
};

describe('an example', () => {
  const model = make('GRU', 10);
  const x = letters(5, 10, 8, 'f64', cpu);

  it('is explained alike in every batch, its random references included', async () => {
    const options = { references: shuffled(3), seed: 4 };
    const together = await deepShap(model, x, { ...options, batchSize: 4 });
    const alone = await deepShap(model, slice(x, [3], [4]), options);
    expect(distance(await row(together.contributions, 3), await row(alone.contributions, 0))).toBeLessThan(1e-12);
    expect(together.reference[3]).toBeCloseTo(alone.reference[0], 12);
    const other = await deepShap(model, slice(x, [3], [4]), { ...options, seed: 5 });
    expect(distance(await row(other.contributions, 0), await row(alone.contributions, 0))).toBeGreaterThan(1e-3);
  });

  it('is explained alike behind its padding', async () => {
    const masked: Model = (own, context) =>
      scan((h: Tensor, xt: Tensor) => [h.mul(0.9).add(xt.tanh()), []], zeros([own.shape[0], 4], { dtype: 'f64' }), own, {
        lengths: context!.lengths,
      })[0].square().sum(1); // prettier-ignore
    const lengths = tensor(Int32Array.of(10, 6, 10, 1, 7));
    const padded = await deepShap(masked, x, { references: shuffled(3), context: { lengths } });
    const own = slice(x, [1, 0], [2, 6]);
    const alone = await deepShap(masked, own, {
      references: shuffled(3),
      context: { lengths: tensor(Int32Array.of(6)) },
    });
    const found = await row(padded.contributions, 1);
    expect(distance(found.slice(0, 24), await row(alone.contributions, 0))).toBeLessThan(1e-12);
    expect(Math.max(...found.slice(24).map(Math.abs))).toBe(0);
  });

  it('takes what the model is told beside it along', async () => {
    const scaled: Model = (own, context) =>
      own
        .sum([1, 2])
        .square()
        .mul(context!.given!.scale.reshape([-1]));
    const scale = tensor(Float64Array.of(1, 2, 3, 4, 5), { shape: [5, 1] });
    const found = await deepLift(scaled, x, { context: { given: { scale } }, batchSize: 2 });
    expect([...found.output]).toEqual([100, 200, 300, 400, 500]);
    expect(Math.max(...found.error)).toBeLessThan(1e-12);
  });
});

describe('at a tap', () => {
  const table = uniform(new Rng(1), [4, 3], -1, 1).cast('f64');
  const model: Model = (x) => tap(embedding(table, x), 'embedded').tanh().sum([1, 2]).square();
  const tokens = tensor(Int32Array.of(0, 1, 2, 3, 3, 1), { shape: [2, 3] });

  it.each([
    ['deepLift', deepLift],
    ['integratedGradients', integratedGradients],
  ] as const)('%s explains what whole numbers become', async (_, method) => {
    const found = await method(model, tokens, { at: 'embedded', references: 'zeros' });
    expect(found.contributions.shape).toEqual([2, 3, 3]);
    expect(Math.max(...found.error)).toBeLessThan(1e-6);
    const whole = (await row(found.contributions, 0)).reduce((a, b) => a + b, 0);
    expect(whole).toBeCloseTo(found.output[0] - found.reference[0], 6);
  });

  it('names the taps there are', async () => {
    await expect(deepLift(model, tokens, { at: 'here' })).rejects.toThrow(/one tap named 'here'.*embedded/);
  });

  it('says that a tap inside a loop is none', async () => {
    const looped: Model = (x) =>
      scan(
        (h: Tensor, xt: Tensor) => [tap(h.add(xt), 'state'), []],
        zeros([x.shape[0], 4], { dtype: 'f64' }),
        x,
      )[0].sum(1);
    const x = letters(2, 5, 1, 'f64', cpu);
    await expect(deepLift(looped, x, { at: 'state' })).rejects.toThrow(/lies inside a loop/);
  });
});

describe('what is wrong is said', () => {
  const x = letters(2, 6, 3, 'f64', cpu);

  it('contributions that do not add up', async () => {
    const model: Model = (own) => own.sum([1, 2]).add(own.mul(3).cast('i32').cast('f64').sum([1, 2]));
    await expect(deepLift(model, x)).rejects.toThrow(IncompleteAttribution);
    const found = await deepLift(model, x, { tolerance: Infinity });
    expect(found.error[0]).toBeGreaterThan(0.1);
  });

  it('more than one number for a row', async () => {
    const model: Model = (own) => own.sum(1);
    await expect(gradient(model, x)).rejects.toThrow(/one number for each of the \d+ rows \(choose one by target/);
    await expect(gradient(model, x, { target: 4 })).rejects.toThrow(/target from 0 to 3, got 4/);
    expect((await gradient(model, x, { target: 2 })).output.length).toBe(2);
  });

  it('references of another shape', async () => {
    const model: Model = (own) => own.sum([1, 2]);
    await expect(deepLift(model, x, { references: zeros([3, 6, 4]) })).rejects.toThrow(
      /references of the shape of x \[2, 6, 4\]/,
    );
    await expect(deepLift(model, x, { references: () => zeros([6, 3]) })).rejects.toThrow(
      /references \[references, 6, 4\]/,
    );
  });

  it('a choice of RevealCancel that there is not', async () => {
    const model: Model = (own) => own.mul(own).sum([1, 2]);
    await expect(deepLift(model, x, { revealCancel: true })).rejects.toThrow(/mul of two values.*use Rescale/);
    await expect(deepLift(model, x, { revealCancel: { ops: ['add'] } })).rejects.toThrow(
      /'add' is no op of one number/,
    );
    const looped: Model = (own) =>
      scan((h: Tensor, xt: Tensor) => [h.add(xt).tanh(), []], zeros([own.shape[0], 4], { dtype: 'f64' }), own)[0].sum(
        1,
      );
    await expect(deepLift(looped, x, { revealCancel: true })).rejects.toThrow(/scan has no RevealCancel rule/);
  });

  it('a run that was called off', async () => {
    const controller = new AbortController();
    const model: Model = (own) => own.square().sum([1, 2]);
    const onProgress = () => controller.abort(new Error('enough'));
    const run = integratedGradients(model, x, { batchSize: 10, signal: controller.signal, onProgress });
    await expect(run).rejects.toThrow('enough');
  });
});

describe('RevealCancel', () => {
  it('adds up through convolution, pooling and dense layers', async () => {
    const x = letters(3, 40, 5, 'f64', cpu);
    const references = letters(3, 40, 6, 'f64', cpu);
    const found = await deepLift(make('CNN with max-pool'), x, { references, revealCancel: true });
    expect(Math.max(...found.error)).toBeLessThan(1e-10);
    const rescale = await deepLift(make('CNN with max-pool'), x, { references });
    expect(distance(await found.contributions.data(), await rescale.contributions.data())).toBeGreaterThan(0.01);
  });

  it('of no op is Rescale with rises and falls told apart', async () => {
    const model: Model = (x) => x.reshape([x.shape[0], -1]).relu().sum(1);
    const x = letters(3, 5, 5, 'f64', cpu).sub(0.3);
    const [none, rescale] = [await deepLift(model, x, { revealCancel: { ops: [] } }), await deepLift(model, x)];
    expect(distance(await none.contributions.data(), await rescale.contributions.data())).toBeLessThan(1e-12);
  });

  it('only behind a tap leaves what lies before it to Rescale', async () => {
    const split = (x: Tensor) => x.sub(x.mul(2).sub(1).relu()).sum(1);
    const model: Model = (x) => split(tap(x.reshape([x.shape[0], -1]).tanh(), 'dense'));
    const x = letters(2, 4, 9, 'f64', cpu);
    const behind = await deepLift(model, x, { revealCancel: { below: 'dense' } });
    const relus = await deepLift(model, x, { revealCancel: { ops: ['relu'] } });
    expect(distance(await behind.contributions.data(), await relus.contributions.data())).toBeLessThan(1e-12);
  });
});

import { type Parameter, parameter, parameters, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { RMSprop, type RMSpropOptions, SGD } from '../../src/index';
import { optimizers } from './net';

const gradients = [0.5, -2, 0.25, 3, -0.125];

/** A weight after each of five steps, from 1. */
async function walk(make: (weights: { w: Parameter }) => SGD | RMSprop): Promise<number[]> {
  const weights = { w: parameter(tensor(Float64Array.of(1))) };
  const [optimizer, path] = [make(weights), [] as number[]];
  for (const g of gradients) {
    optimizer.apply(weights, { w: tensor(Float64Array.of(g)) }, { isSafe: true });
    path.push(await weights.w.item());
  }
  return path;
}

/** RMSprop as PyTorch's documentation lists it, line by line. */
function rmsprop({
  learningRate: lr,
  alpha = 0.99,
  eps = 1e-8,
  weightDecay = 0,
  momentum = 0,
  centered,
}: Numbers): number[] {
  let [w, s, average, buffer] = [1, 0, 0, 0];
  return gradients.map((gradient) => {
    const g = gradient + weightDecay * w;
    s = alpha * s + (1 - alpha) * g * g;
    average = alpha * average + (1 - alpha) * g;
    const root = Math.sqrt(centered ? s - average * average : s) + eps;
    buffer = momentum * buffer + g / root;
    return (w -= lr * (momentum > 0 ? buffer : g / root));
  });
}
type Numbers = RMSpropOptions & { learningRate: number };

describe('RMSprop', () => {
  it.each<Numbers>([
    { learningRate: 0.01 },
    { learningRate: 0.1, alpha: 0.5, eps: 0.01, weightDecay: 0.1 },
    { learningRate: 0.01, momentum: 0.9 },
    { learningRate: 0.01, centered: true },
    { learningRate: 0.01, centered: true, momentum: 0.5, weightDecay: 0.01 },
  ])('follows its equations with %o', async (options) => {
    const got = await walk((weights) => new RMSprop(weights, options));
    rmsprop(options).forEach((w, i) => expect(got[i]).toBeCloseTo(w, 12));
  });

  it('does not take the root of a variance that rounding made negative', async () => {
    const weights = { w: parameter(tensor([1])) };
    const optimizer = new RMSprop(weights, { centered: true, alpha: 0 }); // the mean of one number is the number
    optimizer.apply(weights, { w: tensor([0.1]) }, { isSafe: true, learningRate: 1e-9 });
    expect(await weights.w.item()).not.toBeNaN();
  });
});

describe('SGD', () => {
  it('without momentum goes against the gradient, and keeps no state but its counter', async () => {
    expect(await walk((weights) => new SGD(weights, { learningRate: 0.5 }))).toEqual([
      0.75, 1.75, 1.625, 0.125, 0.1875,
    ]);
    expect(Object.keys(parameters(new SGD({ w: parameter(tensor([1])) })))).toEqual(['count']);
  });

  it('refuses nesterov without momentum', () => {
    expect(() => new SGD({ w: parameter(tensor([1])) }, { nesterov: true })).toThrow(
      'SGD: expected momentum > 0 with nesterov, got 0',
    );
  });
});

describe.each(optimizers)('%s', (_, make) => {
  it('keeps weights, state and counter where a step is not safe', async () => {
    const weights = { w: parameter(tensor([1, -1])) };
    const optimizer = make(weights, { groups: { w: { scale: 0.5 } } });
    const values = async () => {
      const cells = Object.entries({ ...weights, ...parameters(optimizer) });
      return Object.fromEntries(await Promise.all(cells.map(async ([path, cell]) => [path, [...(await cell.data())]])));
    };
    optimizer.apply(weights, { w: tensor([3, 0.5]) }, { isSafe: true });
    const before = await values();
    expect(before.count).toEqual([1]);
    optimizer.apply(weights, { w: tensor([NaN, 1]) }, { isSafe: tensor([0]).greater(1).reshape([]) });
    expect(await values()).toEqual(before);
    optimizer.apply(weights, { w: tensor([NaN, 1]) }, { isSafe: false });
    expect(await values()).toEqual(before);
  });
});

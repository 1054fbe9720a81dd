import { full, type Parameter, parameter, parameters, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam, AdamW } from '../../src/index';

const isSafe = true;

describe('Adam', () => {
  it('moves by the learning rate in its first step, whatever the size of the gradient', async () => {
    const weights = { w: parameter(tensor([1, 1])) };
    new Adam(weights, { learningRate: 0.1 }).apply(weights, { w: tensor([1e-3, -50]) }, { isSafe });
    const [a, b] = await weights.w.data();
    expect(a).toBeCloseTo(0.9, 5);
    expect(b).toBeCloseTo(1.1, 5);
  });

  it('hides the size of its decay from the first step, for the moments have seen it too', async () => {
    const weights = { w: parameter(tensor([2])) };
    new Adam(weights, { weightDecay: 0.5 }).apply(weights, { w: tensor([0]) }, { isSafe, learningRate: 0.1 });
    expect(await weights.w.item()).toBeCloseTo(1.9, 6); // 0.5 · 2 over √(0.5 · 2)²
  });

  it('takes decays of 0', async () => {
    const weights = { w: parameter(tensor([1])) };
    new Adam(weights, { betas: [0, 0] }).apply(weights, { w: tensor([-3]) }, { isSafe, learningRate: 0.1 });
    expect(await weights.w.item()).toBeCloseTo(1.1, 6); // g / |g|
  });

  it('keeps its state in parameters', () => {
    const weights = { 'layers.0.weight': parameter(tensor([1])) };
    expect(Object.keys(parameters(new Adam(weights)))).toEqual([
      'count',
      'mean.layers.0.weight',
      'variance.layers.0.weight',
    ]);
  });

  it.each([
    [{ betas: [0.9, 1] as const }, 'Adam: expected betas in [0, 1), got 1'],
    [{ eps: -1 }, 'Adam: expected eps ≥ 0, got -1'],
    [{ weightDecay: NaN }, 'Adam: expected weightDecay ≥ 0, got NaN'],
    [{ learningRate: -0.1 }, 'Adam: expected a finite learning rate ≥ 0, got -0.1'],
  ])('refuses %o', (options, message) => {
    expect(() => new Adam({ w: parameter(tensor([1])) }, options)).toThrow(new RangeError(message));
  });
});

describe('AdamW', () => {
  it('shrinks weights apart from their gradients, by a hundredth of the learning rate unless said', async () => {
    const weights: Record<string, Parameter> = { weight: parameter(full([1], 2)), bias: parameter(full([1], 2)) };
    const optimizer = new AdamW(weights, { groups: { bias: { weightDecay: 0 } } });
    optimizer.apply(weights, { weight: full([1], 0), bias: full([1], 0) }, { isSafe, learningRate: 0.5 });
    expect(await weights.weight.item()).toBeCloseTo(2 - 0.5 * 0.01 * 2, 6);
    expect(await weights.bias.item()).toBe(2);
  });
});

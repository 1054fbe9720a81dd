import {
  full,
  matmul,
  type Parameter,
  parameter,
  parameters,
  sin,
  square,
  sum,
  tensor,
  valueAndGrad,
} from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam } from '../src/index';
import { golden, hasGolden } from './golden';

const move = { learningRate: 0.1, isSafe: true };

describe('Adam', () => {
  it('moves by the learning rate in its first step, whatever the size of the gradient', async () => {
    const weights = { w: parameter(tensor([1, 1])) };
    new Adam(weights).apply(weights, { w: tensor([1e-3, -50]) }, move);
    const [a, b] = await weights.w.data();
    expect(a).toBeCloseTo(0.9, 5);
    expect(b).toBeCloseTo(1.1, 5);
  });

  it('shrinks the weights that its decay names, apart from the gradient', async () => {
    const weights: Record<string, Parameter> = { weight: parameter(full([1], 2)), bias: parameter(full([1], 2)) };
    const adam = new Adam(weights, { weightDecay: (path) => (path === 'bias' ? 0 : 0.5) });
    adam.apply(weights, { weight: full([1], 0), bias: full([1], 0) }, move);
    expect(await weights.weight.item()).toBeCloseTo(2 - 0.1 * 0.5 * 2, 6);
    expect(await weights.bias.item()).toBe(2);
  });

  it('keeps weights, moments and counter where a step is not safe', async () => {
    const weights = { w: parameter(tensor([1, 1])) };
    const adam = new Adam(weights);
    adam.apply(weights, { w: tensor([NaN, 1]) }, { learningRate: 0.1, isSafe: false });
    expect(Array.from(await weights.w.data())).toEqual([1, 1]);
    expect(Array.from(await adam.mean.w.data())).toEqual([0, 0]);
    expect(await adam.count.item()).toBe(0);
  });

  it('keeps its state in parameters', () => {
    const weights = { 'layers.0.weight': parameter(tensor([1])) };
    expect(Object.keys(parameters(new Adam(weights)))).toEqual([
      'count',
      'mean.layers.0.weight',
      'variance.layers.0.weight',
    ]);
  });

  it.skipIf(!hasGolden).each([
    ['adam', 0],
    ['adamw', 0.1],
  ])("%s takes PyTorch's ten steps to 1e-10", async (name, weightDecay) => {
    const { A, w0, trajectory } = golden(`optim_${name}`);
    const weights = { w: parameter(tensor(Float64Array.from(w0.data))) };
    const a = tensor(Float64Array.from(A.data), { shape: A.shape });
    const objective = ({ w }: typeof weights) => sum(square(matmul(a, w.reshape([5, 1])))).add(sum(sin(w)));
    const adam = new Adam(weights, { weightDecay });
    for (let step = 0; step < 10; step++) {
      adam.apply(weights, valueAndGrad(objective)(weights).grad, { learningRate: 0.05, isSafe: true });
      const got = await weights.w.data();
      got.forEach((w, i) => expect(Math.abs(w - trajectory.data[step * 5 + i])).toBeLessThan(1e-10));
    }
  });
});

import { matmul, parameter, sin, square, sum, tensor, valueAndGrad } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam, AdamW, type Optimizer, RMSprop, SGD, type Weights } from '../../src/index';
import { golden, hasGolden } from '../golden';

type Row = [name: string, make: (weights: Weights) => Optimizer];

const rows: Row[] = [
  ['sgd_momentum', (weights) => new SGD(weights, { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 })],
  ['sgd_nesterov', (weights) => new SGD(weights, { learningRate: 0.1, momentum: 0.9, nesterov: true })],
  ['adam', (weights) => new Adam(weights, { learningRate: 0.05 })],
  ['adamw', (weights) => new AdamW(weights, { learningRate: 0.05, weightDecay: 0.1 })],
  ['rmsprop', (weights) => new RMSprop(weights, { learningRate: 0.01 })],
];

/** Steps on Σ (A w)² + Σ sin w, in double precision: the weights after each. */
async function trajectory(name: string, make: Row[1]): Promise<number[]> {
  const { A, w0 } = golden(`optim_${name}`);
  const weights = { w: parameter(tensor(Float64Array.from(w0.data))) };
  const a = tensor(Float64Array.from(A.data), { shape: A.shape });
  const objective = ({ w }: typeof weights) => sum(square(matmul(a, w.reshape([5, 1])))).add(sum(sin(w)));
  const optimizer = make(weights);
  const path: number[] = [];
  for (let step = 0; step < 10; step++) {
    optimizer.apply(weights, valueAndGrad(objective)(weights).grad, { isSafe: true });
    path.push(...(await weights.w.data()));
  }
  return path;
}

describe("PyTorch's ten steps", () => {
  it.skipIf(!hasGolden).each(rows)('%s', async (name, make) => {
    const expected = golden(`optim_${name}`).trajectory.data;
    const got = await trajectory(name, make);
    // The inputs are stored with twelve digits, and plain descent diverges here: 1e-10 of the largest weight.
    const scale = Math.max(1, ...expected.map(Math.abs));
    got.forEach((w, i) => expect(Math.abs(w - expected[i]) / scale).toBeLessThan(1e-10));
  });
});

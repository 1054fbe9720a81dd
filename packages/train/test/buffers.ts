import { add, buffer, mean, mul, parameter, parameters, sub, square, tensor } from '@hairpin/tensors';
import { expect, it } from 'vitest';
import { AdamW, type Batch, TrainStep } from '../src/index';

const batch = (...values: number[]): Batch => ({ x: tensor(values) });

/** A model that learns the mean of what it sees, and keeps a running mean beside: m ← ½·m + ½·mean(x). */
function runningMean() {
  const weights = { w: parameter(tensor([3])), m: buffer(tensor([8])) };
  const loss = ({ x }: Batch) => {
    weights.m.assign(add(mul(weights.m, 0.5), mul(mean(x).reshape([1]), 0.5)));
    return mean(square(sub(x, weights.w)));
  };
  const optimizer = new AdamW(weights, { weightDecay: 0.5 }); // which would pull a buffer towards 0
  return { weights, optimizer, step: new TrainStep({ weights, optimizer, loss }) };
}

const valueOf = async (cell: { data(): Promise<ArrayLike<number>> }) => (await cell.data())[0];

/** What a training step does to a buffer, on the default device. */
export function checkBuffers(): void {
  it('moves as its model says, and the optimiser knows nothing of it', async () => {
    const { step, weights, optimizer } = runningMean();
    await step.run(batch(1, 3), 0.1);
    expect(await valueOf(weights.m)).toBe(5);
    await step.run(batch(9, 9), 0.1);
    expect(await valueOf(weights.m)).toBe(7);
    expect(await valueOf(weights.w)).not.toBe(3);
    expect(Object.keys(parameters(optimizer)).toSorted()).toEqual(['count', 'mean.w', 'variance.w']);
    expect(Object.keys(parameters(step))).toContain('weights.m'); // and so is in checkpoints
  });

  it('moves with each batch whose gradients are added up', async () => {
    const { step, weights } = runningMean();
    await step.accumulate(batch(2));
    await step.accumulate(batch(1));
    await step.finish(0.1);
    expect(await valueOf(weights.m)).toBe(3);
  });

  it('keeps its value at a batch that is not finite, and from then on', async () => {
    const { step, weights } = runningMean();
    await step.run(batch(4, NaN), 0.1);
    await step.run(batch(4), 0.1);
    expect(await valueOf(weights.m)).toBe(8);
  });

  it('is not moved by a look at the gradients', async () => {
    const { step, weights } = runningMean();
    const { buffers, grad } = step.gradients(batch(2, 4));
    expect(await valueOf(buffers.m)).toBe(5.5);
    expect(await valueOf(weights.m)).toBe(8);
    expect(Object.keys(grad)).toEqual(['w']);
  });
}

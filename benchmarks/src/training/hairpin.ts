import { type Device, mean, square, sub, tensor, type Tensor } from '@hairpin/tensors';
import { Adam, TrainStep, type Weights } from '@hairpin/train';
import type { Contender } from '../harness/benchmark';
import { hairpinDevice } from '../systems/hairpin';
import { type Examples, learningRate, type Numbers } from './examples';

/** What is trained: its weights, and what it gives for a batch. */
export interface Model {
  readonly weights: Weights;
  readonly forward: (x: Tensor) => Tensor;
}

/**
 * A training step: forward, mean squared distance of all outputs from their targets, gradients of all parameters, Adam.
 * A loss on the last output of a recurrent net alone would let gradients fade into subnormal numbers, which processors
 * compute many times more slowly.
 */
export function trainOn(device: Device, { weights, forward }: Model, { x, target }: Examples): Contender {
  const on = ({ values, shape }: Numbers) => tensor(values, { shape, device });
  const data = { x: on(x), target: on(target) };
  const train = new TrainStep<typeof data>({
    weights,
    optimizer: new Adam(weights),
    loss: (given) => mean(square(sub(forward(given.x), given.target))),
  });
  const turn = async () => {
    using outcome = await train.run(data, learningRate);
    return (await outcome.data()).subarray(0, 1);
  };
  const close = () => {
    train.dispose();
    Object.values(data).forEach((t) => t.dispose());
  };
  return { turn, close };
}

/** The weights of a model in the order of its fields, in PyTorch's layouts, which are ours. */
export async function weightsOf(make: () => Model): Promise<Float32Array[]> {
  await hairpinDevice();
  const weights = Object.values(make().weights);
  return Promise.all(weights.map(async (weight) => (await weight.read().data()) as Float32Array));
}

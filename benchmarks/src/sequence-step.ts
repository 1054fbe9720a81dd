import { type Device, mean, Rng, square, sub, tensor, type Tensor } from '@hairpin/tensors';
import { Adam, TrainStep, type Weights } from '@hairpin/train';
import type { Contender } from './harness/benchmark';

/** Sequences, and the width of the net over them. */
export interface SequenceSize {
  readonly batch: number;
  readonly steps: number;
  readonly inputs: number;
  readonly hidden: number;
}

/** Of Adam, whose other constants are those of the paper. */
export const learningRate = 1e-3;

export const asName = ({ batch, steps, inputs, hidden }: SequenceSize): string =>
  `${batch} × ${steps}, ${inputs} → ${hidden}`;

/** Numbers in ±1: what the net reads, [batch, steps, inputs], and what it should give, [batch, steps, hidden]. */
export function sequences({ batch, steps, inputs, hidden }: SequenceSize): { x: Float32Array; target: Float32Array } {
  const rng = new Rng(1);
  const draw = (width: number) => Float32Array.from({ length: batch * steps * width }, () => 2 * rng.next() - 1);
  return { x: draw(inputs), target: draw(hidden) };
}

/** What is trained: its weights, and what it gives for [batch, steps, inputs]. */
export interface SequenceModel {
  readonly weights: Weights;
  readonly forward: (x: Tensor) => Tensor;
}

/**
 * A training step: forward, mean squared distance of all outputs from their targets, gradients of all parameters through
 * all steps, Adam. A loss on the last output alone would let gradients fade into subnormal numbers, which processors
 * compute many times more slowly.
 */
export function trainOn(device: Device, { weights, forward }: SequenceModel, size: SequenceSize): Contender {
  const { batch, steps, inputs, hidden } = size;
  const { x, target } = sequences(size);
  const data = {
    x: tensor(x, { shape: [batch, steps, inputs], device }),
    target: tensor(target, { shape: [batch, steps, hidden], device }),
  };
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

import { LSTM } from '@hairpin/layers';
import {
  type Device,
  explain,
  mean,
  profile,
  realize,
  Rng,
  square,
  sub,
  type Tensor,
  uniform,
  valueAndGrad,
} from '@hairpin/tensors';
import { Adam, TrainStep, type Weights } from '@hairpin/train';
import type { Point, Size } from './sweeps';

/** One of our points, and how much of the unfused graph's memory forward and backward take. */
export interface OwnPoint extends Point {
  /** Bytes of the plan and its results over the largest sum over time of live bytes in the unfused graph. */
  readonly ofUnfused: number;
}

/** Trains an LSTM of this size for a few steps. */
export async function hairpinPoint(device: Device, size: Size): Promise<OwnPoint> {
  const { batch, steps, inputs, hidden } = size;
  const rng = new Rng(1);
  const net = new LSTM({ in: inputs, hidden, rng });
  const weights = net.parameters();
  const data = {
    x: uniform(rng, [batch, steps, inputs], -1, 1, { device }),
    target: uniform(rng, [batch, steps, hidden], -1, 1, { device }),
  };
  await realize(data.x, data.target, ...Object.values(weights));
  const loss = (given: typeof data) => mean(square(sub(net.forward(given.x), given.target)));
  const ofUnfused = await memoryRatio(weights, () => loss(data));
  const train = new TrainStep<typeof data>({ weights, optimizer: new Adam(weights), loss });
  const { step, first, arena } = await profile(() => train.run(data, 1e-3), { repeats: 3 });
  train.dispose();
  for (const t of Object.values(data)) t.dispose();
  const kept = 3 * bytesOf(Object.values(weights)) + bytesOf(Object.values(data)); // Adam keeps two moments of each weight
  return { size, ms: step.ms, first: first.ms, bytes: arena.temporaryBytes + kept, ofUnfused };
}

const bytesOf = (tensors: readonly { readonly shape: readonly number[] }[]): number =>
  tensors.reduce((total, { shape }) => total + 4 * shape.reduce((a, b) => a * b, 1), 0);

/** Forward and backward by themselves: what the engine plans for them, over what their ops would hold one by one. */
async function memoryRatio(weights: Weights, loss: () => Tensor): Promise<number> {
  const { value, grad } = valueAndGrad(loss)(weights);
  const results = [value, ...(Object.values(grad) as Tensor[])];
  const { temporaryBytes, unfusedBytes } = await explain(...results);
  return (temporaryBytes + bytesOf(results)) / unfusedBytes;
}

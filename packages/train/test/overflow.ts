import { exp, matmul, mean, mul, parameter, tap, tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { expect } from 'vitest';
import { type Batch, fit, Loader, NotFiniteError, SGD, snapshot, TrainStep } from '../src/index';

const rows = 6;
const batchSize = 2;

/** A line through numbers, of which one is so large that its exponential overflows. */
function net(large: number | undefined) {
  const weights = { w: parameter(tensor([[0.5]])) };
  const energy = ({ x }: Batch) => tap(exp(matmul(x, weights.w)), 'energy');
  const step = new TrainStep({
    ...{ weights, optimizer: new SGD(weights, { learningRate: 0.01 }) },
    loss: (batch: Batch) => mean(mul(energy(batch), 2)),
  });
  const loader = new Loader<Batch>({
    ...{ lengths: new Array<number>(rows).fill(1), batchSize, rng: new Rng(3) },
    collate: ({ indices }) => ({ x: tensor(Array.from(indices, (i) => [i === large ? 1e4 : i / 10])) }),
  });
  return { weights, step, loader };
}

/** A loss that overflows stops the run with the weights of the step before, and names where it began. */
export async function stopsAtOverflow(): Promise<void> {
  const [broken, clean] = [net(4), net(undefined)];
  const order = [...clean.loader.epoch(1)].map(({ rows: { indices } }) => [...indices]);
  const bad = order.findIndex((indices) => indices.includes(4));
  const error = await fit({ step: broken.step, loader: broken.loader, epochs: 3 }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(NotFiniteError);
  expect(error).toMatchObject({ epoch: 1, step: bad + 1, origin: { op: 'exp', shape: [batchSize, 1], tap: 'energy' } });
  expect((error as Error).message).toContain('it began in exp [2, 1], first seen by tap "energy"');
  for (const { batch } of [...clean.loader.epoch(1)].slice(0, bad)) await clean.step.run(batch);
  expect(await snapshot(broken.weights)).toEqual(await snapshot(clean.weights));
}

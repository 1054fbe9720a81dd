import { matmul, normal, parameter, Rng, tensor, uniform, zeros } from '@hairpin/tensors';
import { Adam, type Batch, binaryCrossEntropy, Loader, predictor, TrainStep } from '../src/index';

/** A logistic regression on 100 points in the plane, labelled by a line: small enough to see through. */
export async function problem({ poison = -1, seed = 1 } = {}) {
  const points = await normal(new Rng(9), [100, 2]).data();
  const labels = Float32Array.from({ length: 100 }, (_, i) => Number(points[2 * i] > 0.3 * points[2 * i + 1]));
  const rng = new Rng(seed);
  const weights = { w: parameter(uniform(rng, [2, 1], -1, 1)), b: parameter(zeros([1])) };
  const model = ({ x }: Batch) => matmul(x, weights.w).add(weights.b).reshape([-1]);
  const loss = (batch: Batch) => binaryCrossEntropy(model(batch), batch.y, { weights: batch.weights });
  const loader = (shuffle: boolean) =>
    new Loader<Batch>({
      ...{ lengths: new Array<number>(100).fill(1), batchSize: 16, rng: rng.fork('order'), shuffle },
      collate: ({ indices, weights }) => ({
        x: tensor(Array.from(indices, (i) => [i === poison ? NaN : points[2 * i], points[2 * i + 1]])),
        y: tensor(Float32Array.from(indices, (i) => labels[i])),
        weights: tensor(weights),
      }),
    });
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss });
  return { step, weights, labels, loader: loader(true), inOrder: loader(false), predict: predictor(model) };
}

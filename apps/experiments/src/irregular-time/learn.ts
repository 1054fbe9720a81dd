import type { Point } from '@hairpin/interpret';
import type { Layer } from '@hairpin/layers';
import { compile, mul, sub, sum, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, drawnBatches, fit, meanSquaredError, TrainStep } from '@hairpin/train';
import type { Context } from './experiment';
import type { Series } from './series';

/** A net that has learned, and its error by step of training. */
export interface Learned {
  readonly net: SeriesNet;
  readonly points: readonly Point[];
}

/** `EquationNet` or `GapNet`. */
export interface SeriesNet extends Layer {
  forward(x: Tensor, context: { given: Pick<Series, 'mask' | 'times'> }): Tensor;
}

/** Where series come from. */
export interface Source {
  /** New series, or some of those to learn from. */
  draw(rng: Rng, rows: number): Series;
  /** Kept apart to look at while a net learns. */
  readonly validation: Series;
}

const epochs = 40;

/** Trains a net on what was observed of series, also where it did not see it. */
export async function learn(
  context: Context,
  name: string,
  net: SeriesNet,
  { draw, validation }: Source,
  steps: number,
): Promise<Learned> {
  const { options, phase, onProgress, signal } = context;
  phase(name);
  const weights = net.parameters();
  const loss = (series: Series) => meanSquaredError(say(net, series), series.x, { weights: series.known });
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const batches = Math.ceil(steps / epochs);
  const { history } = await fit({
    ...{ step, signal, onProgress, epochs },
    loader: drawnBatches({
      ...{ batches, batchSize: options.batch, rng: context.rng.fork('batches') },
      draw,
    }),
    learningRate: (done) => options.learningRate * Math.min(1, done * 50, 2.02 - 2 * done),
    validate: tester(net, [validation]),
  });
  step.dispose();
  return { net, points: history.map(({ epoch, validation = NaN }): Point => [epoch * batches, validation]) };
}

/** What a net says at every time. */
export const say = (net: SeriesNet, { x, mask, times }: Series): Tensor => net.forward(x, { given: { mask, times } });

/** The mean squared error where series are asked for, whenever it is asked. */
export function tester(net: SeriesNet, all: readonly Series[]): () => Promise<number> {
  const measure = compile((series: Series) => {
    const error = sub(say(net, series), series.truth);
    return [sum(mul(series.asked, mul(error, error))), sum(series.asked)] as const;
  });
  return async () => {
    let [total, count] = [0, 0];
    for (const series of all) {
      const [squares, asked] = await measure(series);
      total += await squares.item();
      count += await asked.item();
    }
    return total / count;
  };
}

import { simulateAdding } from '@hairpin/bio';
import type { Point } from '@hairpin/interpret';
import { compile, tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, drawnBatches, fit, meanSquaredError, TrainStep } from '@hairpin/train';
import type { Context } from './experiment';
import { Adder, type Kind } from './adder';

/** A net that has learned, its error on test sequences by step of training, and the smallest of these. */
export interface Learned {
  readonly net: Adder;
  readonly points: readonly Point[];
  readonly mse: number;
}

const solved = 1e-3;
const testEvery = 100;
const testBatches = 5;

/** Trains a net on sequences of `length` steps until they are solved or the budget is spent. */
export async function learn(context: Context, kind: Kind, length: number): Promise<Learned> {
  const { options, phase, onProgress, signal } = context;
  phase(`${kind}, ${length} steps`);
  const rng = context.rng.fork(`${kind} ${length}`);
  const net = new Adder(kind, { hidden: options.hidden, length, rng: rng.fork('weights') });
  const weights = net.parameters();
  const loss = ({ x, y }: Examples) => meanSquaredError(net.forward(x), y);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const { history } = await fit({
    ...{ step, signal, onProgress, target: solved, epochs: Math.ceil(options.budget / testEvery) },
    loader: drawnBatches({ batches: testEvery, batchSize: 32, rng: rng.fork('examples'), draw: draw(length) }),
    learningRate: rateOf(kind, options.learningRate),
    validate: tester(loss, draw(length), rng.fork('test')),
  });
  step.dispose();
  const points = history.map(({ epoch, validation = NaN }): Point => [epoch * testEvery, validation]);
  return { net, points, mse: Math.min(...points.map(([, mse]) => mse)) };
}

/** At a rate that stays, a net without gates learns ten steps and then falls apart. */
const rateOf = (kind: Kind, rate: number) => (kind === 'RNN' ? (done: number) => (rate / 2) * (1 - done) : rate);

/** x: [rows, length, 2], y: [rows, 1] */
type Examples = Readonly<Record<'x' | 'y', Tensor>>;

const draw =
  (length: number) =>
  (rng: Rng, rows: number): Examples => {
    const { values, shape, sums } = simulateAdding({ rng, count: rows, length });
    return { x: tensor(values, { shape }), y: tensor(sums, { shape: [rows, 1] }) };
  };

/** The mean error on the same 1 000 sequences whenever it is asked. */
function tester(loss: (examples: Examples) => Tensor, draw: (rng: Rng, rows: number) => Examples, rng: Rng) {
  const measure = compile(loss);
  return async () => {
    let total = 0;
    for (let i = 0; i < testBatches; i++) {
      using mse = await measure(draw(rng.fork(i), 200));
      total += await mse.item();
    }
    return total / testBatches;
  };
}

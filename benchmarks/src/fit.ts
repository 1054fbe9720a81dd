import { GlobalMaxPool, Linear, Sequential, StrandConv1d, StrandMax } from '@hairpin/layers';
import { type Device, relu, Rng, tensor, type Tensor } from '@hairpin/tensors';
import { Adam, type Batch, binaryCrossEntropy, fit as fitModel, Loader, TrainStep } from '@hairpin/train';
import type { Benchmark, Contender } from './harness/benchmark';
import { hairpinDevice } from './systems/hairpin';

const [batch, length, batches, readEvery] = [16, 160, 64, 16];
const learningRate = 1e-3;

/** What does `fit` cost beside the steps that it runs? */
export const fit: Benchmark = {
  name: 'fit',
  question: 'What does `fit` add to the time of the compiled steps that it runs, where a step takes about 5 ms?',
  notes: [
    `An epoch of ${batches} batches of ${batch} × ${length} bp: a convolution on both strands, maxima, a dense layer, Adam. Both make every batch from arrays on the host and read the losses after each ${readEvery} steps.`,
    'Both begin with the same weights, and the losses of the first three epochs agree.',
  ],
  cases: [
    {
      name: `${batches} batches`,
      systems: [
        { name: 'fit', open: async () => withFit(await hairpinDevice()) },
        { name: 'bare steps', open: async () => bare(await hairpinDevice()) },
      ],
      rounds: 9,
      compare: 3,
      tolerance: 1e-6,
      bars: [{ of: 'fit', over: 'bare steps', atMost: 1.05 }],
    },
  ],
};

interface Examples extends Batch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** A net, its step and its batches; in the order of the data, so that both train on the same ones. */
function problem(device: Device) {
  const rng = new Rng(1);
  const size = batch * batches;
  const letters = new Float32Array(size * length * 4);
  for (let position = 0; position < size * length; position++) letters[position * 4 + rng.integer(4)] = 1;
  const labels = Float32Array.from({ length: size }, () => rng.integer(2));
  const net = new Sequential(
    ...[new StrandConv1d({ out: 16, width: 12, rng }), new GlobalMaxPool(), new StrandMax(), relu],
    new Linear({ in: 16, out: 1, rng }),
  );
  const weights = net.parameters();
  const loss = ({ x, y }: Examples) => binaryCrossEntropy(net.forward(x), y);
  const step = new TrainStep<Examples>({ weights, optimizer: new Adam(weights), loss });
  const row = length * 4;
  const loader = new Loader<Examples>({
    ...{ lengths: new Array<number>(size).fill(length), batchSize: batch, rng, shuffle: false },
    collate: ({ indices: [first] }) => ({
      x: tensor(letters.subarray(first * row, (first + batch) * row), { shape: [batch, length, 4], device }),
      y: tensor(labels.subarray(first, first + batch), { shape: [batch, 1], device }),
    }),
  });
  return { step, loader };
}

function withFit(device: Device): Contender {
  const { step, loader } = problem(device);
  const turn = async () => {
    const { history } = await fitModel({ step, loader, epochs: 1, learningRate, readEvery });
    return [history[0].train];
  };
  return { turn, close: () => step.dispose() };
}

function bare(device: Device): Contender {
  const { step, loader } = problem(device);
  const turn = async () => {
    let total = 0;
    const waiting: Tensor[] = [];
    const read = async () => {
      const losses = await Promise.all(waiting.map((outcome) => outcome.data()));
      for (const outcome of waiting.splice(0)) outcome.dispose();
      for (const [loss] of losses) total += loss;
    };
    for (const { batch: given } of loader.epoch(1)) {
      waiting.push(await step.run(given, learningRate));
      given.x.dispose();
      given.y.dispose();
      if (waiting.length === readEvery) await read();
    }
    await read();
    return [total / batches];
  };
  return { turn, close: () => step.dispose() };
}

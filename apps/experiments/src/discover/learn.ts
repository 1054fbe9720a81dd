import { type Context, parameters, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import {
  AdamW,
  binaryCrossEntropy,
  fit,
  type FitResult,
  type Predictor,
  predictor,
  saveCheckpoint,
  TrainStep,
} from '@hairpin/train';
import type { DiscoverContext } from './context';
import { loaderOf, type SequenceBatch } from './batches';
import type { Examples } from './examples';
import { MotifNet } from './motif-net';
import type { ModelOptions } from './options';
import type { Parts } from './parts';

/** A net that has learned, and how it went. */
export interface Learned {
  readonly net: MotifNet;
  readonly fit: FitResult;
  /** Logits of examples, in their order. */
  readonly predict: (examples: Examples) => Promise<Float32Array>;
}

/** Trains a net on the training part; the validation part chooses the epoch whose weights are kept. */
export async function learn(
  parts: Omit<Parts, 'heldOut'>,
  options: ModelOptions & { epochs: number; rng: Rng },
  context: DiscoverContext,
): Promise<Learned> {
  const { epochs, batchSize, learningRate, patience, weightDecay, rng } = options;
  const net = new MotifNet({ ...options, rng: rng.fork('weights') });
  const step = trainStep(net, weightDecay, rng.fork('dropout'));
  const logits = predictor((batch: SequenceBatch) => net.forward(batch.x, contextOf(batch)));
  const predict = predictWith(logits, batchSize, rng);
  const result = await fit({
    ...{
      step,
      epochs,
      patience,
      loader: loaderOf(parts.training, { batchSize, rng: rng.fork('batches'), shuffle: true }),
    },
    learningRate: (done) => (learningRate * (1 + Math.cos(Math.PI * done))) / 2,
    validate: async () => meanLoss(await predict(parts.validation), parts.validation.labels),
    onProgress: (progress) => context.onEvent?.({ kind: 'progress', progress }),
    onEpoch: async ({ epoch, train, validation = NaN }) => {
      context.onEvent?.({ kind: 'epoch', epoch, epochs, train, validation });
      if (context.onCheckpoint)
        await context.onCheckpoint(await saveCheckpoint(parameters(step), { epoch: String(epoch) }));
    },
    ...(context.signal && { signal: context.signal }),
  });
  step.dispose();
  return { net, fit: result, predict };
}

/** `lengths` are there if the sequences differ in length. */
const contextOf = ({ lengths }: SequenceBatch): Context => (lengths ? { lengths } : {});

function trainStep(net: MotifNet, weightDecay: number, rng: Rng): TrainStep<SequenceBatch> {
  const weights = net.parameters();
  const optimizer = new AdamW(weights, { weightDecay, groups: { '*bias': { weightDecay: 0 } } });
  const loss = (batch: SequenceBatch): Tensor =>
    binaryCrossEntropy(net.forward(batch.x, { ...contextOf(batch), training: true, rng }), batch.y, batch);
  return new TrainStep({ weights, optimizer, loss });
}

const predictWith = (logits: Predictor<SequenceBatch>, batchSize: number, rng: Rng) => (examples: Examples) =>
  logits(loaderOf(examples, { batchSize, rng, shuffle: false }));

/** Binary cross-entropy on the host, in double precision. */
function meanLoss(logits: Float32Array, labels: ArrayLike<number>): number {
  const total = logits.reduce(
    (sum, z, i) => sum + Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z))),
    0,
  );
  return total / logits.length;
}

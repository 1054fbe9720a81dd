import { parameters, tensor, type Tensor } from '@hairpin/tensors';
import { crc32, readSafetensors } from '@hairpin/tensors/files';
import type { Rng } from '@hairpin/tensors/random';
import {
  Adam,
  binaryCrossEntropy,
  type EpochRecord,
  fit,
  type FitOptions,
  type FitResult,
  Loader,
  type LossOptions,
  meanSquaredError,
  type ModelCard,
  predictor,
  type Rows,
  TrainStep,
} from '@hairpin/train';
import { InputError } from '../input-error';
import type { Prepared } from './prepare';
import type { EncodedBatch, NamedSequence, SequenceModel } from './sequence-model';
import type { TrainContext, TrainOptions } from './train-options';

interface LabelledBatch extends EncodedBatch {
  readonly y: Tensor; // [batch]
  readonly weights: Tensor; // [batch]
}

/** Trains a model; the validation part chooses the epoch whose weights are kept. */
export async function learn(
  model: SequenceModel,
  sequences: readonly NamedSequence[],
  prepared: Prepared,
  { options, context, rng }: { options: TrainOptions; context: TrainContext; rng: Rng },
): Promise<FitResult> {
  const { epochs, patience, learningRate, batchSize } = options;
  const { onEvent, signal } = context;
  const loaderOf = (part: 'training' | 'validation') =>
    labelledLoader(model, sequences, prepared, { part, batchSize, rng: rng.fork(part) });
  const dropout = rng.fork('dropout');
  const loss = lossOf(prepared);
  const step = trainStep(model, loss, dropout);
  const result = await fit({
    ...{ step, epochs, patience, loader: loaderOf('training'), generators: { dropout } },
    learningRate: (done) => (learningRate * (1 + Math.cos(Math.PI * done))) / 2,
    validate: validator(model, loss, loaderOf('validation')),
    onProgress: (progress) => onEvent?.({ kind: 'progress', progress }),
    onEpoch: ({ epoch, train, validation = NaN }: EpochRecord) =>
      onEvent?.({ kind: 'epoch', epoch, epochs, train, validation }),
    ...(signal && { signal }),
    ...(await keeping(context, sequences, prepared, options)),
  });
  step.dispose();
  return result;
}

type Loss = (predicted: Tensor, batch: LabelledBatch, options?: LossOptions) => Tensor;

const lossOf = ({ task }: Prepared): Loss => {
  const loss = task.kind === 'classification' ? binaryCrossEntropy : meanSquaredError;
  return (predicted, { y, weights }, options) => loss(predicted, y, { weights, ...options });
};

function trainStep(model: SequenceModel, loss: Loss, rng: Rng): TrainStep<LabelledBatch> {
  const weights = parameters(model.net);
  const ofBatch = (batch: LabelledBatch) =>
    loss(model.net.forward(batch.x, { lengths: batch.lengths, training: true, rng }), batch);
  return new TrainStep({ weights, optimizer: new Adam(weights), loss: ofBatch, clipNorm: 1 });
}

/** The mean loss over a part. */
function validator(model: SequenceModel, loss: Loss, loader: Loader<LabelledBatch>): () => Promise<number> {
  const losses = predictor((batch: LabelledBatch) =>
    loss(model.net.forward(batch.x, { lengths: batch.lengths }), batch, { reduce: 'none' }),
  );
  return async () => {
    const all = await losses(loader);
    return all.reduce((sum, value) => sum + value, 0) / all.length;
  };
}

function labelledLoader(
  model: SequenceModel,
  sequences: readonly NamedSequence[],
  { targets, parts }: Prepared,
  { part, batchSize, rng }: { part: 'training' | 'validation'; batchSize: number; rng: Rng },
): Loader<LabelledBatch> {
  const own = Array.from(parts[part], (i) => sequences[i]);
  const answers = Float32Array.from(parts[part], (i) => targets[i]);
  const collate = (rows: Rows): LabelledBatch => ({
    ...model.collate(own, rows),
    ...{ y: tensor(Float32Array.from(rows.indices, (i) => answers[i])), weights: tensor(rows.weights) },
  });
  const lengths = own.map(({ sequence }) => sequence.length);
  return new Loader({ lengths, batchSize, rng, shuffle: part === 'training', collate });
}

/** A run may only go on with the data and options that it began with: their sum is written beside the weights. */
async function keeping(
  { checkpoint, source }: TrainContext,
  sequences: readonly NamedSequence[],
  { targets }: Prepared,
  options: TrainOptions,
): Promise<Pick<FitOptions<LabelledBatch>, 'checkpoint'>> {
  if (!checkpoint) return {};
  const { store, resume } = checkpoint;
  const written = JSON.stringify([options, sequences.map(({ sequence }) => sequence), Array.from(targets)]);
  const card: ModelCard = {
    what: 'an unfinished training',
    data: `${source} ${crc32(new TextEncoder().encode(written))}`,
  };
  const bytes = resume ? await store.load() : undefined;
  if (bytes && dataOf(bytes, store.name) !== card.data)
    throw new InputError(
      `${store.name}: began with other data or options; give the same, or begin anew without resuming`,
    );
  return { checkpoint: { store, resume, card, everySeconds: 30 } };
}

function dataOf(bytes: Uint8Array, label: string): string | undefined {
  const { card } = readSafetensors(bytes, label).metadata;
  return card === undefined ? undefined : (JSON.parse(card) as ModelCard).data;
}

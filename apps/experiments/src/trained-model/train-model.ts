import { Rng } from '@hairpin/tensors/random';
import type { FitResult } from '@hairpin/train';
import type { Task, TrainedCard } from './card';
import type { LabelledSequence, LabelledSequences } from './labelled-sequences';
import { learn } from './learn';
import { measure } from './measure';
import { type Prepared, prepare } from './prepare';
import { SequenceModel } from './sequence-model';
import type { TrainContext, TrainOptions } from './train-options';

/** A model that has learned, how it went, and what it says of each sequence that was held out. */
export interface TrainedModel {
  readonly model: SequenceModel;
  readonly card: TrainedCard;
  readonly fit: FitResult;
  /** Predictions are logits of the second label, or values. */
  readonly heldOut: readonly (LabelledSequence & { readonly prediction: number })[];
}

/**
 * Trains a model on some sequences, keeps the weights of the epoch that does best on others, and measures on a third part.
 * @throws InputError, LetterError for data that cannot be learned from; the signal's reason where it was stopped
 */
export async function trainModel(
  data: LabelledSequences,
  options: TrainOptions,
  context: TrainContext,
): Promise<TrainedModel> {
  const rng = new Rng(options.seed);
  const { architecture, sizes, alphabet, holdOut } = options;
  const prepared = prepare(data, { source: context.source, holdOut, rng: rng.fork('parts') });
  const { task, parts } = prepared;
  const model = new SequenceModel({ architecture, sizes, alphabet, task }, rng.fork('weights'));
  model.check(data.sequences);
  begin(context, `learning from ${parts.training.length} sequences`);
  const fit = await learn(model, data.sequences, prepared, { options, context, rng: rng.fork('learning') });
  if (fit.stopped === 'aborted') throw context.signal?.reason;
  begin(context, `measuring on ${parts.heldOut.length} held-out sequences`);
  const own = Array.from(parts.heldOut, (i) => data.sequences[i]);
  const predictions = await model.predict(own);
  const metrics = measure(task, Array.from(parts.heldOut, (i) => prepared.answers[i]), predictions); // prettier-ignore
  const heldOut = own.map((sequence, i) => ({ ...sequence, prediction: predictions[i] }));
  return { model, fit, heldOut, card: cardOf(prepared, fit, metrics, { options, context }) };
}

/** Announces the next part of the job, unless it was told to stop. */
function begin({ onEvent, signal }: TrainContext, text: string): void {
  signal?.throwIfAborted();
  onEvent?.({ kind: 'phase', text });
}

function cardOf(
  { task, parts }: Prepared,
  { history, bestEpoch }: FitResult,
  metrics: TrainedCard['metrics'],
  { options, context }: { options: TrainOptions; context: TrainContext },
): TrainedCard {
  const { architecture, sizes, alphabet, seed, batchSize, learningRate } = options;
  const { startedAt: _, ...run } = context.run ?? {};
  const sizesOfParts = { training: parts.training.length, validation: parts.validation.length, heldOut: parts.heldOut.length }; // prettier-ignore
  return {
    ...{ what: purpose(task, context.source), architecture, sizes, alphabet, task, metrics },
    data: { source: context.source, ...sizesOfParts },
    training: { seed, epochs: history.length, bestEpoch, batchSize, learningRate },
    ...run,
  };
}

const purpose = (task: Task, source: string): string =>
  task.kind === 'classification'
    ? `Tells ${task.labels[1]} from ${task.labels[0]} sequences, learned from ${source}`
    : `Predicts the value of a sequence, learned from ${source}`;

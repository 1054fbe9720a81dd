import { expectedCalibrationError, reliabilityCurve } from '@hairpin/train';
import type { DiscoverContext } from '../discover/context';
import { findMotifs } from '../discover/find-motifs';
import { learn, type Learned } from '../discover/learn';
import { type Measured, measure } from '../discover/measure';
import { modelFor } from '../discover/options';
import type { Context } from './experiment';
import { divideTwice, mixed, type TwoKinds } from './examples';
import type { Data, Factor } from './factors';
import { type Reading, readTwice } from './motifs';

/** What was learned of a factor. */
export interface LearnedFactor {
  readonly factor: Factor;
  readonly learned: Learned;
  /** On held-out sequences, by the kind of negatives. */
  readonly measured: Readonly<Record<'shuffles' | 'others', Measured>>;
  readonly calibration: ReturnType<typeof calibrate>;
  readonly readings: readonly Reading[];
}

/** Learns where a factor binds, measures it on held-out sequences, and reads its motif off the net. */
export async function learnFactor(context: Context, data: Data, factor: Factor, other: Factor): Promise<LearnedFactor> {
  const rng = context.rng.fork(factor.name);
  const parts = divideTwice(factor, other, data.heldOut, rng.fork('parts'));
  const learned = await train(context, factor, parts);
  context.phase(`${factor.name}: measuring on held-out sequences`);
  const on = async (kind: 'shuffles' | 'others') => {
    const { heldOut } = parts[kind];
    return measure(heldOut, await learned.predict(heldOut), rng.fork(kind));
  };
  const measured = { shuffles: await on('shuffles'), others: await on('others') };
  const heldOut = mixed(parts, 'heldOut');
  const calibration = calibrate(heldOut.labels, await learned.predict(heldOut));
  context.phase(`${factor.name}: reading the motif off the filters`);
  const [best] = await findMotifs(learned.net, mixed(parts, 'training'), rng.fork('motifs'));
  const readings = best ? await readTwice(learned.net, best, data.library) : [];
  return { factor, learned, measured, calibration, readings };
}

async function train(context: Context, factor: Factor, parts: TwoKinds): Promise<Learned> {
  const { options, device, data, signal, phase, onProgress } = context;
  const training = mixed(parts, 'training');
  phase(`${factor.name}: learning from ${training.labels.length} sequences`);
  const listening: DiscoverContext = {
    ...{ device, data, signal },
    onEvent: (event) => event.kind === 'progress' && onProgress(event.progress),
  };
  const model = modelFor(Infinity, options.width, { filters: options.filters, width: options.width, isCentred: true });
  const rng = context.rng.fork(`${factor.name}, learning`);
  return learn(
    { training, validation: mixed(parts, 'validation') },
    { ...model, epochs: options.epochs, rng },
    listening,
  );
}

/** How far probabilities can be taken at their word. */
function calibrate(labels: Uint8Array, logits: Float32Array) {
  const probabilities = Float64Array.from(logits, (z) => 1 / (1 + Math.exp(-z)));
  return {
    error: expectedCalibrationError(labels, probabilities),
    bins: reliabilityCurve(labels, probabilities),
  };
}

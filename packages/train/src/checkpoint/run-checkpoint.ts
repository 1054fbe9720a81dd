import { parameters } from '@hairpin/tensors';
import { readSafetensors, writeSafetensors } from '@hairpin/tensors/files';
import type { Batch, TrainStep } from '../step';
import { checkSums, withChecksums } from './checksums';
import type { ModelCard } from './model-card';
import { readRunState, type RunState, writeRunState } from './run-state';
import { checkFits, restore, type Snapshot, snapshot } from './snapshot';

const bestPrefix = 'best.';

/** All of a run: weights, optimiser and flag of its step, the weights of its best epoch, and where it stands. */
export interface RunCheckpoint {
  readonly state: RunState;
  /** Weights of the best epoch. */
  readonly best: Snapshot | undefined;
}

/** The bytes of a checkpoint: a safetensors file that other programs can read, too. */
export async function writeRunCheckpoint<B extends Batch>(
  step: TrainStep<B>,
  { state, best }: RunCheckpoint,
  card: ModelCard | undefined,
): Promise<Uint8Array> {
  const own = await snapshot(parameters(step));
  const kept = Object.entries(best ?? {}).map(([path, array]) => [`${bestPrefix}${path}`, array] as const);
  const metadata = { run: writeRunState(state), ...(card && { card: JSON.stringify(card) }) };
  const tensors = { ...own, ...Object.fromEntries(kept) };
  return writeSafetensors(tensors, withChecksums(tensors, metadata));
}

/**
 * Puts a checkpoint back into the step that it was made from, or from one like it: all of it, or nothing where anything does not fit.
 * @param label names the file in errors
 */
export function readRunCheckpoint<B extends Batch>(
  step: TrainStep<B>,
  bytes: Uint8Array,
  label: string,
): RunCheckpoint {
  const { tensors, metadata } = readSafetensors(bytes, label);
  const state = readRunState(checkSums(tensors, metadata, label, true).run, label);
  const entries = Object.entries(tensors);
  const isBest = ([path]: readonly [string, unknown]) => path.startsWith(bestPrefix);
  const best = entries.filter(isBest).map(([path, array]) => [path.slice(bestPrefix.length), array] as const);
  if (best.length > 0) checkFits(step.weights, Object.fromEntries(best), `${label}: the best epoch`);
  restore(parameters(step), Object.fromEntries(entries.filter((entry) => !isBest(entry))), label);
  return { state, best: best.length > 0 ? Object.fromEntries(best) : undefined };
}

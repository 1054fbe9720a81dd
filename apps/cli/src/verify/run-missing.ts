import { localDataLibrary } from '@hairpin/bio/node';
import { dataStore, runExperiment } from '@hairpin/experiments';
import type { Device } from '@hairpin/tensors';
import { lineOf } from '../fail';
import { fileStore } from '../files/file-store';
import type { Narrator } from '../narrator';
import { today } from '../run-facts';
import { withDevice } from '../with-device';
import type { Asked, KeptRuns } from './kept-runs';
import { isFailed, type Outcome } from './outcome';

/** What a verification works with. */
export interface Surroundings {
  readonly kept: KeptRuns;
  readonly teller: Narrator;
  readonly signal: AbortSignal;
  /** Called, and awaited, when a run has been kept. */
  readonly onKept: () => Promise<void>;
}

/** Runs of one experiment that are not kept as yet, one after the other on one device; those that failed are tried again. */
export async function runMissing(
  runs: readonly Asked[],
  { fresh = false, device: kind }: { readonly fresh?: boolean; readonly device?: 'webgpu' | 'cpu' },
  { kept, teller, signal, onKept }: Surroundings,
): Promise<void> {
  const missing: Asked[] = [];
  for (const run of runs) {
    const outcome = fresh ? undefined : await kept.find(run);
    if (outcome === undefined || isFailed(outcome)) missing.push(run);
    else teller.say(`${titleOf(run)}: is there`);
  }
  if (missing.length === 0) return;
  await withDevice(kind, async (device) => {
    for (const run of missing) {
      signal.throwIfAborted();
      await kept.keep(await outcomeOf(run, device, { teller, signal }));
      await onKept();
    }
  });
}

const titleOf = ({ experiment, seed }: Asked): string => `${experiment.name}, seed ${seed}`;

/** @throws the signal's reason where it was stopped, and nothing else: what goes wrong in a run is what it came to */
async function outcomeOf(
  asked: Asked,
  device: Device,
  { teller, signal }: Pick<Surroundings, 'teller' | 'signal'>,
): Promise<Outcome> {
  const { experiment, size, seed, version } = asked;
  const run = { command: commandOf(asked), version, date: today() };
  teller.say(titleOf(asked));
  try {
    const data = dataStore(localDataLibrary(), fileStore.open);
    const job = { device, data, signal, onEvent: teller.tell, run: { ...run, startedAt: performance.now() } };
    return await runExperiment(experiment, { size, seed }, job);
  } catch (error) {
    signal.throwIfAborted();
    teller.say(`${titleOf(asked)} failed: ${lineOf(error)}`);
    return { experiment: experiment.name, size, seed, run, error: lineOf(error) };
  }
}

const commandOf = ({ experiment, size, seed }: Asked): string =>
  `hairpin run ${experiment.name} --seed ${seed}${size === 'quick' ? ' --size quick' : ''}`;

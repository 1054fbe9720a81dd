import { dataStore, experimentNamed, type ExperimentResult, runExperiment } from '@hairpin/experiments';
import { keptData } from '../library';
import type { RunRequest, WorkerMessage } from '../protocol';
import { pickedFiles } from './files';
import { openFor } from './device';
import { sparsely } from './sparsely';

/** Runs what is asked for, and tells how it goes and what it came to. */
export async function answer(request: RunRequest, tell: (message: WorkerMessage) => void): Promise<void> {
  try {
    tell({ kind: 'result', result: await run(request, tell) });
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

async function run(
  { experiment, settings, device: wish, files, facts }: RunRequest,
  tell: (message: WorkerMessage) => void,
): Promise<ExperimentResult> {
  const startedAt = performance.now();
  const { device, says } = await openFor(wish);
  tell({ kind: 'device', says });
  return runExperiment(experimentNamed(experiment), settings, {
    device,
    data: dataStore(keptData(), pickedFiles(files)),
    onEvent: sparsely((event) => tell({ kind: 'event', event })),
    run: { ...facts, startedAt },
  });
}

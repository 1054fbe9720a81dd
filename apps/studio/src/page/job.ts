import type { RunRequest, WorkerMessage } from '../protocol';

/** A run in a worker of its own. */
export interface Job {
  /** Ends it at once: a worker that computes would not hear of it. */
  stop(): void;
}

/** Starts a worker for one run. After `result` or `failed` it has nothing more to do: stop it. */
export function startJob(request: RunRequest, onMessage: (message: WorkerMessage) => void): Job {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), {
    type: 'module',
    name: request.experiment,
  });
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => onMessage(data));
  worker.addEventListener('error', ({ message }) =>
    onMessage({ kind: 'failed', message: message || 'The worker could not be loaded.' }),
  );
  worker.postMessage(request);
  return { stop: () => worker.terminate() };
}

import type { ExperimentEvent, ExperimentResult, RunFacts, RunSettings } from '@hairpin/experiments';

/** Where a run is to be computed; `automatic` takes WebGPU where the worker has it, else the CPU. */
export type DeviceWish = 'automatic' | 'webgpu' | 'cpu';

/**
 * What the page asks of a worker: one run, for which the worker was made. There is no message to stop it: a worker that computes
 * does not listen, so the page ends the worker itself.
 */
export interface RunRequest {
  /** The experiment's name. */
  readonly experiment: string;
  readonly settings: RunSettings;
  readonly device: DeviceWish;
  /** Files that the user picked, by the name under which the options know them. */
  readonly files: ReadonlyMap<string, Blob>;
  /** What the report says about how the run was started. */
  readonly facts: Omit<RunFacts, 'startedAt'>;
}

/** What the worker tells; `result` and `failed` come last. */
export type WorkerMessage =
  /** What computes, once it is open. */
  | { readonly kind: 'device'; readonly says: string }
  | { readonly kind: 'event'; readonly event: ExperimentEvent }
  | { readonly kind: 'result'; readonly result: ExperimentResult }
  /** Why there is no result, in a sentence for the user. */
  | { readonly kind: 'failed'; readonly message: string };

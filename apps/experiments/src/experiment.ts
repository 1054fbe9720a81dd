import type { Input } from '@hairpin/bio';
import type { Device } from '@hairpin/tensors';
import type { Progress } from '@hairpin/train';

/** Where data come from: files in Node, fetch or the private file system in a page. */
export interface DataStore {
  /** The contents of what the options call `name`. Rejects with one clear line where there are none. */
  open(name: string): Promise<Input>;
}

/** What an experiment tells while it runs. */
export type ExperimentEvent =
  /** A new part of the job begins. */
  | { readonly kind: 'phase'; readonly text: string }
  /** Something worth knowing about the data or the run. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | {
      readonly kind: 'epoch';
      readonly epoch: number;
      readonly epochs: number;
      readonly train: number;
      readonly validation: number;
    };

/** All that an experiment needs beside its options, which are JSON. */
export interface ExperimentContext {
  readonly data: DataStore;
  readonly device: Device;
  readonly onEvent?: (event: ExperimentEvent) => void;
  /** Called with a safetensors file after each epoch, and awaited. */
  readonly onCheckpoint?: (bytes: Uint8Array) => Promise<void>;
  readonly signal?: AbortSignal;
  /** What to tell the reader of the report. */
  readonly run?: RunFacts;
}

/** How a run was started; all of it is for the report. */
export interface RunFacts {
  /** The command line that does the same again. */
  readonly command?: string;
  readonly date?: string;
  readonly version?: string;
  /** When the job began, on the clock of `performance.now()`. */
  readonly startedAt?: number;
}

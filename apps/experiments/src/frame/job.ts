import type { Input } from '@hairpin/bio';
import type { Device } from '@hairpin/tensors';
import type { Progress } from '@hairpin/train';

/** Where a user's own files are. */
export interface FileStore {
  /** The contents of what the options call `name`. Rejects with one clear line where there are none. */
  open(name: string): Promise<Input>;
}

/** Where data come from: files in Node, fetch or the private file system in a page. */
export interface DataStore extends FileStore {
  /**
   * A file of a public data set, by its path within the set, if it is here; undefined where it is not. Nothing is downloaded: that is
   * for the user to ask. Rejects where the copy that is here is damaged.
   */
  dataset(name: string, path: string): Promise<Input | undefined>;
}

/** What a job tells while it runs. */
export type ExperimentEvent =
  /** A new part of the job begins. */
  | { readonly kind: 'phase'; readonly text: string }
  /** Something worth knowing about the data or the run. */
  | { readonly kind: 'note'; readonly text: string }
  /** How far the part is that began last, and the loss where something learns. */
  | { readonly kind: 'steps'; readonly done: number; readonly total: number; readonly loss?: number }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | {
      readonly kind: 'epoch';
      readonly epoch: number;
      readonly epochs: number;
      readonly train: number;
      readonly validation: number;
    };

/** Where a job computes, whence its data come, whom it tells, and who may stop it. */
export interface JobContext {
  readonly data: DataStore;
  readonly device: Device;
  readonly onEvent?: (event: ExperimentEvent) => void;
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

import type { Device } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import type { Progress } from '@hairpin/train';
import type { DataStore } from './job';
import type { Options, Size, Values } from './options';
import type { Report } from './report';

/** A question about sequences, and how it is answered: data, model, training, measurement, explanation. */
export interface Experiment<O extends Options = Options> {
  /** In small letters with hyphens, as its folder. */
  readonly name: string;
  /** What a biologist would ask, in one sentence. */
  readonly question: string;
  /** The systems of the mission that it answers, by their numbers. */
  readonly rows: readonly number[];
  /** Where the question comes from, in a paragraph. */
  readonly biology: string;
  /** What is computed, in plain text, one equation a line. */
  readonly equation: string;
  readonly options: O;
  /** Public data sets that it uses where they are here, by name. */
  readonly datasets?: readonly string[];
  /** Answers the question: everything it finds goes to `context.report`. */
  run(context: ExperimentContext<O>): Promise<void>;
}

/** What an experiment is given to work with. */
export interface ExperimentContext<O extends Options = Options> {
  readonly options: Values<O>;
  readonly size: Size;
  readonly seed: number;
  /** All that is random follows from it; fork it by what is drawn. */
  readonly rng: Rng;
  /** Also the default device while the experiment runs. */
  readonly device: Device;
  readonly data: DataStore;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Begins a part of the work. @throws the signal's reason where the run was stopped */
  phase(text: string): void;
  /** Tells something about the data or the run, now and in the report. */
  note(text: string): void;
  /** How far the part is that began last. @throws the signal's reason where the run was stopped */
  progress(steps: { readonly done: number; readonly total: number; readonly loss?: number }): void;
  /** The same for what `fit` tells: pass it as `onProgress`. */
  readonly onProgress: (progress: Progress) => void;
}

/** An experiment whose options are known to its `run` by name and type. */
export const experiment = <const O extends Options>(record: Experiment<O>): Experiment =>
  record as unknown as Experiment;

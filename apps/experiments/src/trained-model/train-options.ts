import type { CheckpointStore } from '@hairpin/train';
import type { JobContext } from '../frame/job';
import type { AlphabetName } from './alphabets';
import type { Architecture, NetSizes } from './architectures';

/** Everything that decides a training, as JSON. */
export interface TrainOptions {
  readonly architecture: Architecture;
  readonly sizes: NetSizes;
  readonly alphabet: AlphabetName;
  readonly seed: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 along a cosine. */
  readonly learningRate: number;
  /** Epochs without a better validation before training ends. */
  readonly patience: number;
  /** Share of the sequences that is held out for the measurement. */
  readonly holdOut: number;
}

/** What holds where nothing else is said. */
export const trainDefaults = {
  ...{ architecture: 'cnn', alphabet: 'dna', seed: 1, epochs: 40, batchSize: 32, learningRate: 0.005 },
  ...{ patience: 8, holdOut: 0.2, sizes: { filters: 32, width: 12, hidden: 32, dropout: 0.1 } },
} as const satisfies TrainOptions;

/** Whom a training tells, who may stop it, and where it is kept meanwhile. */
export interface TrainContext extends Pick<JobContext, 'onEvent' | 'signal' | 'run'> {
  /** Names the data. */
  readonly source: string;
  readonly checkpoint?: { readonly store: CheckpointStore; readonly resume: boolean };
}

/** Everything that decides a run of `discover`, as JSON. What is left out gets the value of `defaults`. */
export interface DiscoverOptions {
  /** FASTA file of sequences that share a motif; simulated ones where it is left out. */
  readonly peaks?: string;
  /** FASTA file of sequences without it, or `shuffle`: dinucleotide shuffles of the peaks. */
  readonly negatives?: string;
  /** Chromosomes kept apart for the measurement; a random fifth where it is left out. */
  readonly holdOut?: readonly string[];
  readonly seed?: number;
  /** At most so many; by the number of sequences where it is left out. */
  readonly epochs?: number;
  readonly model?: Partial<ModelOptions>;
}

/** Choices about the model and how it learns, found by validation on training sequences alone. */
export interface ModelOptions {
  readonly filters: number;
  /** Letters under a filter. */
  readonly width: number;
  /** Units between the filters and the answer; 0 for none. */
  readonly hidden: number;
  /** Share of the filters that is silenced at random in each step. */
  readonly dropout: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 along a cosine. */
  readonly learningRate: number;
  /** Share of the learning rate by which weights shrink in each step. */
  readonly weightDecay: number;
  /** Epochs without a better validation loss before training ends. */
  readonly patience: number;
}

/** Options with all that was left out filled in; the number of epochs follows from the data if it is not given. */
export type ResolvedOptions = Required<Pick<DiscoverOptions, 'negatives' | 'seed'>> &
  Pick<DiscoverOptions, 'peaks' | 'holdOut' | 'epochs'> & { readonly model: ModelOptions };

/** What holds where nothing else is said. */
export const defaults = {
  negatives: 'shuffle',
  seed: 1,
  model: {
    filters: 32,
    width: 20,
    hidden: 0,
    dropout: 0,
    batchSize: 64,
    learningRate: 0.01,
    weightDecay: 0,
    patience: 5,
  },
} satisfies ResolvedOptions;

/** Fills in the defaults. */
export const resolve = (options: DiscoverOptions): ResolvedOptions => ({
  ...{ negatives: defaults.negatives, seed: defaults.seed, ...options },
  model: { ...defaults.model, ...options.model },
});

const MIN_EPOCHS = 8;
const MAX_EPOCHS = 40;

/** Few sequences need many rounds: enough to see about 40 000 of them, in 8 to 40 epochs. */
export const epochsFor = (sequences: number): number =>
  Math.min(MAX_EPOCHS, Math.max(MIN_EPOCHS, Math.round(40_000 / sequences)));

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
  /** Whether sequences are centred on what was found, as peaks of one length are: then how far off a site lies may count. */
  readonly isCentred: boolean;
  readonly batchSize: number;
  /** At the start; it falls to 0 along a cosine. */
  readonly learningRate: number;
  /** Share of the learning rate by which weights shrink in each step. */
  readonly weightDecay: number;
  /** Epochs without a better validation loss before training ends. */
  readonly patience: number;
}

/** Options with what was left out filled in; model and number of epochs follow from the data where they are not given. */
export type FilledOptions = Required<Pick<DiscoverOptions, 'negatives' | 'seed' | 'model'>> &
  Pick<DiscoverOptions, 'peaks' | 'holdOut' | 'epochs'>;

/** The options of a run whose data are known. */
export type ResolvedOptions = FilledOptions & { readonly model: ModelOptions };

/** What holds where nothing else is said. */
export const defaults = {
  negatives: 'shuffle',
  seed: 1,
  model: {
    filters: 32,
    width: 20,
    hidden: 0,
    dropout: 0,
    isCentred: false,
    batchSize: 64,
    learningRate: 0.01,
    weightDecay: 0,
    patience: 5,
  },
} satisfies FilledOptions;

/** Fills in the defaults. */
export const resolve = (options: DiscoverOptions): FilledOptions => ({
  ...{ negatives: defaults.negatives, seed: defaults.seed, ...options },
  model: options.model ?? {},
});

/** Sequences from which a larger net pays. */
const MANY = 10_000;

/** For many sequences: found on a validation part of 32 000 CTCF peaks. */
const large = { filters: 64, width: 24, hidden: 32, dropout: 0.2, batchSize: 128, learningRate: 0.005 };

/** The model for sequences of which the shortest has `shortest` letters: what was given, and for the rest what suits their number. */
export function modelFor(sequences: number, shortest: number, given: Partial<ModelOptions>): ModelOptions {
  const fitting =
    sequences < MANY ? defaults.model : { ...defaults.model, ...large, width: Math.min(large.width, shortest) };
  return { ...fitting, ...given };
}

const MIN_EPOCHS = 8;
const MAX_EPOCHS = 40;

/** Few sequences need many rounds: enough to see about 40 000 of them, in 8 to 40 epochs. */
export const epochsFor = (sequences: number): number =>
  Math.min(MAX_EPOCHS, Math.max(MIN_EPOCHS, Math.round(40_000 / sequences)));

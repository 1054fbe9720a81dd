import type { AlphabetName } from './alphabets';
import type { Architecture, NetSizes } from './architectures';
import { architectures } from './architectures';
import { alphabets } from './alphabets';
import { InputError } from '../input-error';

/** All that is needed to use a trained model, and what a person must know of it: plain JSON. */
export interface TrainedCard {
  /** What the model is for, in a sentence. */
  readonly what: string;
  readonly architecture: Architecture;
  readonly sizes: NetSizes;
  readonly alphabet: AlphabetName;
  readonly task: Task;
  /** What it was trained on. */
  readonly data: DataFacts;
  /** On sequences that were held out of training. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly training: TrainingFacts;
  readonly command?: string;
  readonly version?: string;
  readonly date?: string;
}

/** What the one number of the net means: a logit of the second label, or a value in units of `scale` around `mean`. */
export type Task =
  | { readonly kind: 'classification'; readonly labels: readonly [negative: string, positive: string] }
  | { readonly kind: 'regression'; readonly mean: number; readonly scale: number };

/** Where the sequences come from, and how they were divided. */
export interface DataFacts {
  readonly source: string;
  readonly training: number;
  readonly validation: number;
  readonly heldOut: number;
}

/** How the model was trained. */
export interface TrainingFacts {
  readonly seed: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** A card from its JSON. @param label names the file in errors @throws InputError where it is no card of a trained model */
export function readCard(text: string | undefined, label: string): TrainedCard {
  const card = parsed(text) as TrainedCard | undefined;
  if (!card || !architectures.includes(card.architecture) || !Object.hasOwn(alphabets, card.alphabet) || !card.task)
    throw new InputError(`${label}: not a model that hairpin train has made: its metadata hold no card of one`);
  return card;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

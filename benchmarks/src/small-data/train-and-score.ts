import { type Examples, fixedExamples, learn, type Learned, type ModelOptions } from '@hairpin/experiments';
import { defaultDevice, type Rng } from '@hairpin/tensors';

/** Epochs at most; the validation part decides which one is kept. */
const EPOCHS = 16;
const VALIDATION_SHARE = 0.1;

/** Sequences of both classes. */
export interface Classes {
  readonly positives: readonly string[];
  readonly negatives: readonly string[];
}

/** Trains on `train` alone, a tenth of it set apart to choose the epoch. */
export function trainOn(train: Classes, model: ModelOptions, rng: Rng): Promise<Learned> {
  const [positives, negatives] = [train.positives, train.negatives].map((list, i) => cut(rng.fork(i).shuffle(list)));
  const training = fixedExamples(positives.rest, negatives.rest);
  const validation = fixedExamples(positives.apart, negatives.apart);
  const context = { device: defaultDevice(), data: { open: () => Promise.reject(new Error('everything is read')) } };
  return learn({ training, validation }, { ...model, epochs: EPOCHS, rng: rng.fork('learning') }, context);
}

function cut(list: readonly string[]): { apart: string[]; rest: string[] } {
  const count = Math.round(list.length * VALIDATION_SHARE);
  return { apart: list.slice(0, count), rest: list.slice(count) };
}

export const examplesOf = ({ positives, negatives }: Classes): Examples => fixedExamples(positives, negatives);

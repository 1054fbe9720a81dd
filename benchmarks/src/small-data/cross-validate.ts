import type { ModelOptions } from '@hairpin/experiments';
import { Rng } from '@hairpin/tensors';
import { auroc } from '@hairpin/train';
import { type Classes, examplesOf, trainOn } from './train-and-score';

const FOLDS = 5;

/** Mean AUROC over five folds of the training part; the same folds for every choice. */
export async function crossValidate(train: Classes, model: ModelOptions, seed: number): Promise<number> {
  const rng = new Rng(seed);
  const shuffled = {
    positives: rng.fork('positives').shuffle(train.positives),
    negatives: rng.fork('negatives').shuffle(train.negatives),
  };
  let total = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const [rest, apart] = [without(shuffled, fold), only(shuffled, fold)];
    const { predict } = await trainOn(rest, model, rng.fork(`fold ${fold}`));
    const examples = examplesOf(apart);
    total += auroc(examples.labels, await predict(examples));
  }
  return total / FOLDS;
}

const pick = ({ positives, negatives }: Classes, keep: (i: number) => boolean): Classes => ({
  positives: positives.filter((_, i) => keep(i)),
  negatives: negatives.filter((_, i) => keep(i)),
});

const only = (classes: Classes, fold: number) => pick(classes, (i) => i % FOLDS === fold);
const without = (classes: Classes, fold: number) => pick(classes, (i) => i % FOLDS !== fold);

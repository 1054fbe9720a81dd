/**
 * `tsx src/small-data/main.ts [--choose]`: how well does `discover` learn from 644 peaks, beside a gapped k-mer SVM?
 * With `--choose` the settings are compared by cross-validation on the training part; the test part is not looked at.
 */
import { parseArgs } from 'node:util';
import { findMotifs, type Learned } from '@hairpin/experiments';
import { openDevice, Rng, setDefaultDevice } from '@hairpin/tensors';
import { auroc, bootstrapInterval } from '@hairpin/train';
import { type ChipSet, readChipSet } from './chip-set';
import { choices, chosen } from './choices';
import { crossValidate } from './cross-validate';
import { examplesOf, trainOn } from './train-and-score';

const SEEDS = [1, 2, 3, 4, 5];
const { values: options } = parseArgs({ options: { choose: { type: 'boolean' } } });

async function main(): Promise<void> {
  if (!process.env.HAIRPIN_DATA) throw new Error('set HAIRPIN_DATA to the folder of real data');
  const set = await readChipSet(process.env.HAIRPIN_DATA);
  const device = await openDevice();
  setDefaultDevice(device);
  console.log(`NF-E2 peaks in GM12878, ${(await device.backend()).label}`);
  await (options.choose ? choose(set) : measure(set));
  await device.close();
}

async function choose({ train }: ChipSet): Promise<void> {
  for (const [name, model] of Object.entries(choices))
    console.log(
      `${name.padEnd(34)} AUROC ${(await crossValidate(train, model, 1)).toFixed(4)}, mean of five folds of the training part`,
    );
}

async function measure({ train, test, peer }: ChipSet): Promise<void> {
  const examples = examplesOf(test);
  const scores: Float32Array[] = [];
  for (const seed of SEEDS) {
    const rng = new Rng(seed);
    const learned = await trainOn(train, choices[chosen], rng);
    scores.push(await learned.predict(examples));
    const motifs = await firstMotifs(learned, rng);
    console.log(`seed ${seed}: AUROC ${auroc(examples.labels, scores.at(-1)!).toFixed(4)}, motifs ${motifs.join(' ')}`);
  }
  const size = `${test.positives.length} + ${test.negatives.length} test sequences`;
  console.log(`hairpin: AUROC ${meanWithInterval(examples.labels, scores)}, mean of ${SEEDS.length} seeds on ${size}`);
  console.log(`LS-GKM:  AUROC ${meanWithInterval(examples.labels, [Float32Array.from(peer)])}, its own predictions`);

  async function firstMotifs({ net }: Learned, rng: Rng): Promise<string[]> {
    return (await findMotifs(net, examplesOf(train), rng.fork('motifs'))).slice(0, 3).map(({ consensus }) => consensus);
  }
}

/** Mean over several scorings of the same examples, and its interval: examples are drawn anew, the same for all. */
function meanWithInterval(labels: ArrayLike<number>, scorings: readonly Float32Array[]): string {
  const mean = (drawn: ArrayLike<number>, rows: ArrayLike<number>) =>
    scorings.reduce(
      (sum, scores) =>
        sum +
        auroc(
          drawn,
          Float64Array.from(rows, (row) => scores[row]),
        ),
      0,
    ) / scorings.length;
  const rows = Float64Array.from(labels, (_, i) => i);
  const { estimate, low, high } = bootstrapInterval(mean, labels, rows, { rng: new Rng(0) });
  return `${estimate.toFixed(4)} (95 % interval ${low.toFixed(4)} – ${high.toFixed(4)})`;
}

await main().catch((error: Error) => {
  console.error(`small-data: ${error.message}`);
  process.exitCode = 1;
});

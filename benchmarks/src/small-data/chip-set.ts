import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectFasta } from '@hairpin/bio';

/** Peaks of NF-E2 in GM12878 and matched negatives, and what LS-GKM says of the test part (Lee 2016, Bioinformatics 32:2196). */
export interface ChipSet {
  readonly train: { readonly positives: string[]; readonly negatives: string[] };
  readonly test: { readonly positives: string[]; readonly negatives: string[] };
  /** Scores of the gapped k-mer SVM, in the order of the test part. */
  readonly peer: readonly number[];
}

/** Reads the set from the folder of real data. */
export async function readChipSet(dataFolder: string): Promise<ChipSet> {
  const folder = join(dataFolder, 'chip_nfe2_gm12878');
  const letters = async (name: string) => {
    const records = await collectFasta(readFileSync(join(folder, name)), { source: name });
    return records.map(({ sequence }) => sequence.toUpperCase());
  };
  const part = async (name: string) => ({
    positives: await letters(`${name}_pos.fa`),
    negatives: await letters(`${name}_neg.fa`),
  });
  const peer = ['pos', 'neg'].flatMap((label) =>
    secondColumn(readFileSync(join(folder, `gkmsvm_test_${label}_predictions.tsv`), 'utf8')),
  );
  return { train: await part('train'), test: await part('test'), peer };
}

const secondColumn = (text: string): number[] =>
  text
    .trim()
    .split('\n')
    .map((line) => Number(line.split('\t')[1]));

import { collectBed, type Input, lineBatches } from '@hairpin/bio';
import type { DataStore } from '../frame/job';
import { InputError } from '../input-error';

/** A cytosine before a guanine, and how it was found. */
export interface Cpg {
  /** Counted from 1, as in the file. */
  readonly position: number;
  /** Part of the reads in which it was methylated. */
  readonly methylated: number;
  readonly isInIsland: boolean;
}

const set = 'methylation_chr21';
const files = ['test1.myCpG.txt', 'test2.myCpG.txt'];

/** Two samples of a part of human chromosome 21, sorted by position; undefined where they are not here. */
export async function chromosome(data: DataStore): Promise<readonly (readonly Cpg[])[] | undefined> {
  const islands = await data.dataset(set, 'cpgi.hg18.bed.txt');
  const samples = await Promise.all(files.map((file) => data.dataset(set, file)));
  if (!islands || !samples.every((sample) => sample !== undefined)) return undefined;
  const own = (await collectBed(islands)).filter(({ chrom }) => chrom === 'chr21');
  const isInIsland = (position: number) => own.some(({ start, end }) => start < position && position <= end);
  return Promise.all(samples.map((sample) => readSample(sample, isInIsland)));
}

/** Columns: chrBase, chr, base, strand, coverage, freqC, freqT. */
async function readSample(input: Input, isInIsland: (position: number) => boolean): Promise<Cpg[]> {
  const found: Cpg[] = [];
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const fields = line.split('\t');
      if (fields[0] === 'chrBase' || line === '') continue;
      const [position, percent] = [Number(fields[2]), Number(fields[5])];
      if (!(position > 0 && percent >= 0)) throw new InputError(`${set}: no CpG in the line ${line}`);
      found.push({ position, methylated: percent / 100, isInIsland: isInIsland(position) });
    }
  return found.sort((a, b) => a.position - b.position);
}

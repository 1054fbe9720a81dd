import { collectFasta, type FastaRecord, type Matrix, simulatePeaks } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import type { FileStore } from '../frame/job';
import type { DiscoverContext } from './context';
import { InputError } from '../input-error';

/** Sequences with their headers, and where they come from. */
export interface Peaks {
  readonly records: readonly FastaRecord[];
  readonly source: string;
  /** What was planted, where the sequences are simulated. */
  readonly planted?: Matrix;
}

/** 2 000 sequences of 200 bp with human dinucleotides; 85 % have a site of a random motif of 10 columns and 12 bits. */
export function simulated(rng: Rng): Peaks {
  const { sequences, motif } = simulatePeaks({ rng });
  const records = sequences.map((sequence, i) => ({ id: `simulated_${i + 1}`, description: '', sequence }));
  const source = `${sequences.length} simulated sequences of ${sequences[0].length} bp, 85 % with one site of a random motif of ${motif.length} positions and 12 bits`;
  return { records, source, planted: motif };
}

/** The records of a FASTA file that a filter of `width` letters can read, in capitals, each sequence once. */
export async function readPeaks(
  name: string,
  width: number,
  { data, onEvent }: Pick<DiscoverContext, 'data' | 'onEvent'>,
): Promise<Peaks> {
  const all = await readCapitals(data, name);
  checkLengths(all, name, width);
  const known = all.filter(({ sequence }) => hasBases(sequence));
  if (known.length === 0) throw new InputError(`${name}: no sequence has a base: all letters are N`);
  const records = distinct(known);
  const dropped = [
    [all.length - known.length, 'without a base'],
    [known.length - records.length, 'that repeat another'],
  ] as const;
  for (const [count, why] of dropped)
    if (count > 0) onEvent?.({ kind: 'note', text: `${name}: ${count} sequences ${why} are left out` });
  return { records, source: name };
}

async function readCapitals(data: FileStore, name: string): Promise<FastaRecord[]> {
  const records = await collectFasta(await data.open(name), { source: name });
  return records.map((record) => ({ ...record, sequence: record.sequence.toUpperCase() }));
}

function checkLengths(records: readonly FastaRecord[], name: string, width: number): void {
  const i = records.findIndex(({ sequence }) => sequence.length < width);
  if (i < 0) return;
  const { id, sequence } = records[i];
  throw new InputError(
    `${name}: record ${i + 1} (${id || 'no name'}) has ${sequence.length} letters, fewer than the ${width} of a filter`,
  );
}

/** Whether something else than N, which means any base, occurs. */
const hasBases = (sequence: string): boolean => /[^N]/.test(sequence);

/** The first record of each sequence: a copy on the other side of a split would be no test. */
const distinct = (records: readonly FastaRecord[]): FastaRecord[] =>
  [...new Map(records.toReversed().map((r) => [r.sequence, r])).values()].toReversed();

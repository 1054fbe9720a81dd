import { type FastaRecord, splitByChromosome } from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import { InputError } from '../input-error';

/** Records to learn from, and records to measure on. */
export interface Split {
  readonly kept: readonly FastaRecord[];
  readonly heldOut: readonly FastaRecord[];
}

/** Share of the records that is held out where no chromosomes are. */
export const HELD_OUT_SHARE = 1 / 5;

/** Sets some chromosomes apart or, where none are named, a random fifth. @param name says in errors which records */
export function holdOut(
  records: readonly FastaRecord[],
  name: string,
  chromosomes: readonly string[] | undefined,
  rng: Rng,
): Split {
  if (!chromosomes) return randomSplit(records, HELD_OUT_SHARE, rng);
  try {
    return splitByChromosome(records, { heldOut: chromosomes });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`${name}: ${error.message.replace(/^splitByChromosome: /, '')}`);
  }
}

/** A random share of the records apart, each class on its own; the order of the rest stays. */
export function randomSplit(records: readonly FastaRecord[], share: number, rng: Rng): Split {
  const chosen = new Set(rng.shuffle(records).slice(0, Math.round(records.length * share)));
  return { kept: records.filter((r) => !chosen.has(r)), heldOut: records.filter((r) => chosen.has(r)) };
}

import { dinucleotideShuffle } from '@hairpin/bio';
import {
  type AlphabetName,
  type LabelledSequences,
  type NamedSequence,
  readLabelledTable,
  readSequences,
} from '@hairpin/experiments';
import { Rng } from '@hairpin/tensors/random';
import { inputs, nameOfInput } from '../files/read-input';
import { UserError } from '../user-error';

/** Which sequences to learn from. */
export interface DataFlags {
  readonly positives?: string;
  readonly negatives: string;
  readonly alphabet: AlphabetName;
  readonly seed: number;
}

/** What the data are called. @throws UserError unless there is a table or positives */
export function sourceOf(table: string | undefined, { positives, negatives }: DataFlags): string {
  if (table !== undefined && positives !== undefined) throw new UserError('expected a table or --positives, got both');
  if (table !== undefined) return nameOfInput(table);
  if (positives !== undefined)
    return `${nameOfInput(positives)} and ${negatives === 'shuffle' ? 'shuffles of it' : nameOfInput(negatives)}`;
  throw new UserError('expected a table with a column label or value, or --positives with a FASTA file');
}

/** Sequences with what is known of them, from a table or from two FASTA files. */
export async function readData(table: string | undefined, flags: DataFlags): Promise<LabelledSequences> {
  const { positives, negatives, alphabet } = flags;
  if (table !== undefined) return readLabelledTable(await inputs.open(table), { source: nameOfInput(table), alphabet });
  const own = await fasta(positives!, alphabet);
  const others = negatives === 'shuffle' ? shuffles(own, flags.seed) : await fasta(negatives, alphabet);
  const labelled = (list: readonly NamedSequence[], answer: string) => list.map((one) => ({ ...one, answer }));
  return { kind: 'classification', sequences: [...labelled(own, 'positive'), ...labelled(others, 'negative')] };
}

const fasta = async (path: string, alphabet: AlphabetName): Promise<NamedSequence[]> =>
  readSequences(await inputs.open(path), { source: nameOfInput(path), alphabet });

function shuffles(sequences: readonly NamedSequence[], seed: number): NamedSequence[] {
  const rng = new Rng(seed).fork('negatives');
  return sequences.map(({ id, sequence }) => ({ id: `${id}-shuffled`, sequence: dinucleotideShuffle(sequence, rng) }));
}

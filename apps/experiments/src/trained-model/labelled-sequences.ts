import { collectFasta, type FastaRecord, type Input, lineBatches } from '@hairpin/bio';
import { InputError } from '../input-error';
import { type AlphabetName, alphabets } from './alphabets';
import type { NamedSequence } from './sequence-model';

/** A sequence and what is known of it. */
export interface LabelledSequence extends NamedSequence {
  /** A label, or a number as text. */
  readonly answer: string;
}

/** Sequences with answers, and what kind of answer. */
export interface LabelledSequences {
  readonly kind: 'classification' | 'regression';
  readonly sequences: readonly LabelledSequence[];
}

/** What a reader is told. */
export interface ReadSequencesOptions {
  /** Names the text in errors. */
  readonly source: string;
  readonly alphabet: AlphabetName;
}

/** The records of a FASTA text. @throws FormatError */
export async function readSequences(
  input: Input,
  { source, alphabet }: ReadSequencesOptions,
): Promise<NamedSequence[]> {
  const records = await collectFasta(input, { source, alphabet: alphabets[alphabet] });
  return records.map(({ id, sequence }: FastaRecord, i) => ({ id: id || `record ${i + 1}`, sequence }));
}

/**
 * A table with a heading: a column `sequence`, one that is called `label` (classes) or `value` (numbers), and perhaps `id`. Cells are
 * parted by tabs where the heading has one, else by commas, and may stand in quotes. White space in an id becomes `_`.
 * @throws InputError with the line of what is wrong
 */
export async function readLabelledTable(input: Input, { source }: ReadSequencesOptions): Promise<LabelledSequences> {
  const lines: string[] = [];
  for await (const batch of lineBatches(input, { source })) lines.push(...batch);
  const [heading = '', ...rows] = lines;
  const separator = heading.includes('\t') ? '\t' : ',';
  const columns = cellsOf(heading, separator).map((name) => name.toLowerCase());
  const kind = columns.includes('label') ? 'classification' : 'regression';
  const [id, sequence] = [columns.indexOf('id'), columns.indexOf('sequence')];
  const answer = columns.indexOf(kind === 'classification' ? 'label' : 'value');
  if (sequence < 0 || answer < 0)
    throw new InputError(`${source}:1: expected columns sequence and label or value, got ${columns.join(', ')}`);
  const sequences = rows.flatMap((row, i) => {
    if (row.trim() === '') return [];
    const cells = cellsOf(row, separator);
    const place = `${source}:${i + 2}`;
    if (cells.length !== columns.length)
      throw new InputError(`${place}: expected ${columns.length} cells, got ${cells.length}`);
    if (kind === 'regression' && (cells[answer] === '' || !Number.isFinite(Number(cells[answer]))))
      throw new InputError(`${place}: expected a number as value, got ${JSON.stringify(cells[answer])}`);
    return [
      {
        id: id < 0 ? `row ${i + 1}` : cells[id].replace(/\s+/g, '_'),
        sequence: cells[sequence],
        answer: cells[answer],
      },
    ];
  });
  return { kind, sequences };
}

const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

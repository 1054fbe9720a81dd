import { excerpt } from '../../formats/format-error';
import type { ReadOptions } from '../../formats/input';
import { wholeReader } from '../../formats/whole-reader';
import type { WholeReader } from '../../formats/whole-reader';
import type { Motif } from '../motif';
import { motifFrom } from './from-matrix';
import { LineCursor } from './line-cursor';
import { toCounts, wordsOf } from './words';

/**
 * The motifs of a TRANSFAC text: entries that end in `//`, in each a header `P0 A C G T` (or `PO`) and a row of counts or
 * frequencies for each position. Of the other lines `AC`, `ID` and `NA` are read: the id is the accession number, else the
 * identifier; the name is `NA`, else the identifier beside an accession number. DNA, in any order of letters.
 * @throws FormatError
 */
export const readTransfac: WholeReader<Motif[], ReadOptions> = /* @__PURE__ */ wholeReader(parseTransfac);

function parseTransfac(text: string, options: ReadOptions): Motif[] {
  const cursor = new LineCursor(text, options);
  const motifs: Motif[] = [];
  let entry = newEntry();
  for (let line = cursor.next(); line !== undefined; line = cursor.next()) {
    readLine(line, entry, cursor);
    if (!line.startsWith('//') && cursor.ahead !== undefined) continue;
    if (entry.letters) motifs.push(toMotif(entry, cursor));
    entry = newEntry();
  }
  if (motifs.length === 0) throw cursor.error("no motif found: expected a line 'P0 A C G T'", { line: 0 });
  return motifs;
}

interface Entry {
  readonly names: Map<string, string>;
  /** For each column of the matrix the place of its letter in ACGT. */
  letters: number[] | undefined;
  /** Of the header. */
  line: number;
  readonly matrix: number[][];
}

const newEntry = (): Entry => ({ names: new Map(), letters: undefined, line: 0, matrix: [] });

function readLine(line: string, entry: Entry, cursor: LineCursor): void {
  const [key, ...rest] = wordsOf(line);
  if (!key) return;
  if (/^P[0O]$/i.test(key.text)) readHeader(line, entry, cursor);
  else if (/^\d+$/.test(key.text)) readRow(line, entry, cursor);
  else if (/^(AC|ID|NA)$/.test(key.text) && rest.length > 0)
    entry.names.set(key.text, line.slice(rest[0].column - 1).trim());
}

function readHeader(line: string, entry: Entry, cursor: LineCursor): void {
  const [, ...columns] = wordsOf(line);
  if (entry.letters) throw cursor.error("a second matrix: expected a line '//' between entries");
  const letters = columns.slice(0, 4).map(({ text }) => 'ACGT'.indexOf(text.toUpperCase().replace('U', 'T')));
  if ([...letters].sort().join() !== '0,1,2,3')
    throw cursor.error(`expected the letters A, C, G and T, got ${excerpt(line.trim())}`);
  entry.letters = letters;
  entry.line = cursor.number;
}

/** `01 4 16 0 0 C`: a number, the counts, and a letter of the consensus that may be missing. */
function readRow(line: string, entry: Entry, cursor: LineCursor): void {
  const [key, ...words] = wordsOf(line);
  if (!entry.letters) throw cursor.error("expected a line 'P0 A C G T' before the matrix");
  const expected = entry.matrix.length + 1;
  if (Number(key.text) !== expected && Number(key.text) !== expected - 1)
    throw cursor.error(`expected position ${expected}, got ${excerpt(key.text)}`, { column: key.column });
  if (words.length < 4 || words.length > 5) throw cursor.error(`expected 4 numbers, got ${excerpt(line.trim())}`);
  const counts = toCounts(words.slice(0, 4), cursor);
  entry.matrix.push([0, 1, 2, 3].map((letter) => counts[entry.letters!.indexOf(letter)]));
}

function toMotif({ names, matrix, line }: Entry, cursor: LineCursor): Motif {
  const [accession, identifier = ''] = [names.get('AC'), names.get('ID')];
  const id = (accession ?? identifier) || (names.get('NA') ?? '');
  const fail = (message: string) => cursor.error(`motif ${excerpt(id)}: ${message}`, { line });
  if (matrix.length === 0) throw fail('no matrix');
  const name = names.get('NA') ?? (accession === undefined ? '' : identifier);
  return motifFrom({ id, name }, matrix, fail);
}

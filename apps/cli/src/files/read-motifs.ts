import {
  type Alphabet,
  type Background,
  dna,
  lineBatches,
  type Motif,
  protein,
  readJaspar,
  readMeme,
  readTransfac,
  rna,
  uniform,
} from '@hairpin/bio';
import { UserError } from '../user-error';
import { inputs, nameOfInput } from './read-input';

/** The motifs of a file, and what they are made of. */
export interface MotifFile {
  readonly motifs: readonly Motif[];
  readonly alphabet: Alphabet;
  /** As the file says; uniform where it does not. */
  readonly background: Background;
}

/** Motifs of a MEME, JASPAR or TRANSFAC file, gzipped or not; `-` is stdin. @throws FormatError, UserError */
export async function readMotifs(path: string): Promise<MotifFile> {
  const source = nameOfInput(path);
  const lines: string[] = [];
  for await (const batch of lineBatches(await inputs.open(path), { source })) lines.push(...batch);
  const text = lines.join('\n');
  if (/^\s*MEME version/m.test(text)) {
    const { motifs, letters, background } = readMeme(text, { source });
    return { motifs, background, alphabet: alphabetOf(letters, source) };
  }
  const read = /^(P0|PO)\s/m.test(text) ? readTransfac : readJaspar;
  return { motifs: read(text, { source }), alphabet: dna, background: uniform(4) };
}

function alphabetOf(letters: string, source: string): Alphabet {
  const found = [dna, rna, protein].find((alphabet) => alphabet.letters === letters);
  if (found) return found;
  throw new UserError(`${source}: motifs of ${letters}: expected those of DNA, RNA or proteins`);
}

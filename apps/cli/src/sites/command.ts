import { type Background, collectFasta, fimo, type FimoHit, fimoTable, NRDB_BACKGROUND, uniform } from '@hairpin/bio';
import { inputs, nameOfInput } from '../files/read-input';
import { type MotifFile, readMotifs } from '../files/read-motifs';
import { writeOutput } from '../files/write-output';
import { UserError } from '../user-error';

/** The options of `hairpin sites`, as the command line gives them. */
export interface SitesFlags {
  readonly threshold: number;
  readonly qvalue?: boolean;
  readonly oneStrand?: boolean;
  readonly background: 'motifs' | 'uniform' | 'nrdb';
  readonly out?: string;
  readonly json?: boolean;
}

/** Writes where motifs sit, the surest first. */
export async function sitesCommand(motifPath: string, from: string, flags: SitesFlags): Promise<void> {
  if (motifPath === '-' && from === '-') throw new UserError('motifs and sequences cannot both come from stdin');
  const file = await readMotifs(motifPath);
  const { alphabet, motifs } = file;
  const sequences = await collectFasta(await inputs.open(from), { source: nameOfInput(from), alphabet });
  const { threshold, qvalue = false, oneStrand = false } = flags;
  const background = backgroundOf(flags.background, file);
  const strands = oneStrand ? { bothStrands: false } : {};
  const hits = fimo(motifs, sequences, { threshold, qvalue, background, alphabet, ...strands });
  await writeOutput(flags.json ? hits.map(asLine).join('') : fimoTable(hits), flags.out);
}

function backgroundOf(kind: SitesFlags['background'], { background, alphabet }: MotifFile): Background {
  if (kind === 'motifs') return background;
  if (kind === 'uniform') return uniform(alphabet.letters.length);
  if (alphabet.letters === 'ACGT') return NRDB_BACKGROUND;
  throw new UserError(`--background nrdb is one of DNA; the motifs are of ${alphabet.name}`);
}

/** Positions count from 1, both ends included, as in the table. */
function asLine({ motif, sequence, position, strand, score, pValue, qValue, matched }: FimoHit): string {
  const place = { start: position + 1, stop: position + matched.length, strand };
  return `${JSON.stringify({ motif: motif.id, name: motif.name, sequence, ...place, score, pValue, qValue, matched })}\n`;
}

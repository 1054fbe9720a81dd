import { tomtom, type TomtomDistance, type TomtomMatch, tomtomTable } from '@hairpin/bio';
import { readMotifs } from '../files/read-motifs';
import { writeOutput } from '../files/write-output';
import { UserError } from '../user-error';

/** The options of `hairpin compare`, as the command line gives them. */
export interface CompareFlags {
  readonly distance: TomtomDistance;
  readonly threshold: number;
  readonly evalue?: boolean;
  readonly minOverlap: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Writes which targets each query resembles, best first. */
export async function compareCommand(queryPath: string, targetPath: string, flags: CompareFlags): Promise<void> {
  const [queries, targets] = [await readMotifs(queryPath), await readMotifs(targetPath)];
  const { alphabet, background } = queries;
  if (alphabet !== targets.alphabet)
    throw new UserError(`${queryPath} has motifs of ${alphabet.name}, ${targetPath} of ${targets.alphabet.name}`);
  const { distance, threshold, evalue = false, minOverlap } = flags;
  const matches = tomtom(queries.motifs, targets.motifs, { distance, threshold, evalue, minOverlap, background });
  const table = () => tomtomTable(queries.motifs, matches, alphabet);
  const lines = () => queries.motifs.flatMap(({ id }, i) => matches[i].map((match) => asLine(id, match))).join('');
  await writeOutput(flags.json ? lines() : table(), flags.out);
}

function asLine(query: string, { target, strand, offset, overlap, pValue, eValue, qValue }: TomtomMatch): string {
  const places = { strand, offset, overlap, pValue, eValue, qValue };
  return `${JSON.stringify({ query, target: target.id, name: target.name, ...places })}\n`;
}

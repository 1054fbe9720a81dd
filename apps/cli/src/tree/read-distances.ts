import {
  collectFasta,
  type DistanceMatrix,
  distanceMatrix,
  euclideanDistance,
  type FastaRecord,
  kmerFrequencies,
  lineBatches,
  mashDistance,
  mashSketch,
  readPhylipDistances,
} from '@hairpin/bio';
import { inputs, nameOfInput } from '../files/read-input';
import { UserError } from '../user-error';

/** How far sequences are apart. */
export interface DistanceFlags {
  readonly distance: 'mash' | 'kmer';
  readonly k?: number;
  readonly circular?: boolean;
}

/** A matrix of distances, from a file of them or from sequences. @throws FormatError, UserError */
export async function readDistances(path: string, flags: DistanceFlags): Promise<DistanceMatrix> {
  const source = nameOfInput(path);
  const lines: string[] = [];
  for await (const batch of lineBatches(await inputs.open(path), { source })) lines.push(...batch);
  const text = lines.join('\n');
  if (!text.trimStart().startsWith('>')) return readPhylipDistances(text, { source });
  const records = await collectFasta(text, { source });
  if (records.length < 3) throw new UserError(`${source}: expected at least 3 sequences, got ${records.length}`);
  return finite(flags.distance === 'mash' ? byMash(records, flags) : byKmers(records, flags), source);
}

function byMash(
  records: readonly FastaRecord[],
  { k = 21, circular: isCircular = false }: DistanceFlags,
): DistanceMatrix {
  const sketches = records.map(({ sequence }) => mashSketch(sequence, { k, isCircular }));
  return distanceMatrix(namesOf(records), (i, j) => mashDistance(sketches[i], sketches[j]));
}

/** Both strands count as one, for nobody says which one a sequence shows. */
function byKmers(
  records: readonly FastaRecord[],
  { k = 5, circular: isCircular = false }: DistanceFlags,
): DistanceMatrix {
  const spectra = records.map(({ sequence }) => kmerFrequencies(sequence, k, { isCircular, isCanonical: true }));
  return distanceMatrix(namesOf(records), (i, j) => euclideanDistance(spectra[i], spectra[j]));
}

const namesOf = (records: readonly FastaRecord[]): string[] => records.map(({ id }, i) => id || `sequence ${i + 1}`);

function finite(matrix: DistanceMatrix, source: string): DistanceMatrix {
  const { names, values } = matrix;
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return matrix;
  const pair = `${names[Math.floor(at / names.length)]} and ${names[at % names.length]}`;
  throw new UserError(`${source}: ${pair} have no k-mer in common: give a smaller --k, or --distance kmer`);
}

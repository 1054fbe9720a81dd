import { checksums } from './checksums';
import type { Dataset, DatasetEntry, DatasetFile } from './dataset';
import { genes } from './sets/genes';
import { genomes } from './sets/genomes';
import { proteins } from './sets/proteins';
import { references } from './sets/references';
import { regulation } from './sets/regulation';
import { rna } from './sets/rna';
import { series } from './sets/series';

const entries = [...genomes, ...genes, ...regulation, ...rna, ...proteins, ...series, ...references];

/** The public sets that the experiments use, by subject. */
export const datasets: readonly Dataset[] = entries.map(datasetOf);

/** The set of a name. @throws RangeError that lists the names */
export function datasetNamed(name: string, among: readonly Dataset[] = datasets): Dataset {
  const found = among.find((dataset) => dataset.name === name);
  if (found) return found;
  throw new RangeError(
    `datasetNamed: no data set "${name}"; there are ${among.map((dataset) => dataset.name).join(', ')}`,
  );
}

/**
 * The file of a path, which may be left out where the set has one file.
 * @throws RangeError that lists the files
 */
export function fileNamed(dataset: Dataset, path?: string): DatasetFile {
  const { name, files } = dataset;
  const found = path === undefined && files.length === 1 ? files[0] : files.find((file) => file.path === path);
  if (found) return found;
  const asked = path === undefined ? 'expected the path of a file' : `no file "${path}"`;
  throw new RangeError(`data set "${name}": ${asked}; there are ${files.map((file) => file.path).join(', ')}`);
}

function datasetOf({ urls = {}, ...entry }: DatasetEntry): Dataset {
  return { ...entry, files: filesIn(entry.name, urls) };
}

function filesIn(folder: string, urls: Readonly<Record<string, string>>): DatasetFile[] {
  const lines = checksums.split('\n').filter((line) => line.startsWith(`${folder}/`));
  return lines.map((line) => {
    const [path, bytes, sha256, inflatedSha256] = line.slice(folder.length + 1).split(' ');
    const url = urls[path];
    return { path, bytes: Number(bytes), sha256, ...(inflatedSha256 && { inflatedSha256 }), ...(url && { url }) };
  });
}

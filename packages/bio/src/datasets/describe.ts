import type { Dataset, DatasetFile } from './dataset';

/** What a set is, whose it is and how to cite it, in a few lines. */
export function describeDataset(dataset: Dataset): string {
  const { name, title, files } = dataset;
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const size = `${files.length === 1 ? '1 file' : `${files.length} files`}, ${bytes} bytes`;
  return [`${name}: ${title}`, ...sourceLines(dataset), `files: ${size}`].join('\n');
}

/**
 * What to do about a file that cannot be had here, for an error message.
 * @param problem the first line: why not
 */
export function instructions(dataset: Dataset, file: DatasetFile, problem: string): string {
  return [
    problem,
    ...sourceLines(dataset),
    `what to do: ${dataset.obtain}`,
    `where to put it: ${dataset.name}/${file.path} below the folder of the mirror (in Node the one that HAIRPIN_DATA names)`,
    `what it should be: ${file.bytes} bytes, SHA-256 ${file.sha256}`,
  ].join('\n');
}

function sourceLines({ source, licence, citation }: Dataset): string[] {
  return [
    `source: ${source.what}${source.address ? `, ${source.address}` : ''}`,
    `licence: ${licence}`,
    ...(citation ? [`cite: ${citation}`] : []),
  ];
}

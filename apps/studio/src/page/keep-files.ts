import type { DataStore, FileState } from '@hairpin/bio';
import { InputError } from '@hairpin/experiments';
import { bytes } from './words';

/**
 * Keeps those of the user's files that a data set lacks; its checksums are compared when they are read.
 * @throws InputError where none of them is one by name and size
 */
export async function keepFiles(
  store: DataStore,
  set: string,
  missing: readonly FileState[],
  files: readonly File[],
): Promise<void> {
  const found = missing.flatMap(({ file }) => {
    const mine = files.find(({ name, size }) => name === nameOf(file.path) && size === file.bytes);
    return mine ? [{ path: file.path, mine }] : [];
  });
  if (found.length === 0)
    throw new InputError(`None of these belongs to it. It lacks ${missing.map(described).join(', ')}`);
  for (const { path, mine } of found) {
    const sink = await store.append(`${set}/${path}`);
    await sink.write(new Uint8Array(await mine.arrayBuffer()));
    await sink.close();
  }
}

const nameOf = (path: string): string => path.split('/').at(-1)!;

const described = ({ file }: FileState): string => `${nameOf(file.path)} (${bytes(file.bytes)})`;

import { zipSync } from 'fflate';
import { fileError } from './error';
import type { FileArray } from './file-array';
import { readNpy, writeNpy } from './npy';
import { unzip } from './zip';

const SUFFIX = '.npy';
const EPOCH = new Date(1980, 0, 1); // the first day that zip knows, local time: equal arrays give equal bytes

/**
 * Reads an npz archive (`numpy.savez`, `numpy.savez_compressed`), all of it or nothing; checksums are verified.
 *
 * @param label names the file in errors
 * @throws ArrayFileError that names the array, what was expected and what was found
 */
export function readNpz(bytes: Uint8Array, label = 'npz'): Record<string, FileArray> {
  const arrays = Array.from(unzip(bytes, label), ([file, contents]) => {
    if (!file.endsWith(SUFFIX)) throw fileError(label, `entries that end in ${SUFFIX}`, `"${file}"`);
    const name = file.slice(0, -SUFFIX.length);
    return [name, readNpy(contents, `${label}: array "${name}"`)] as const;
  });
  return Object.fromEntries(arrays);
}

/** The bytes of an npz archive, stored unless `compress` is set. */
export function writeNpz(arrays: Record<string, FileArray>, options: { compress?: boolean } = {}): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [name + SUFFIX, writeNpy(array)]);
  return zipSync(Object.fromEntries(files), { level: options.compress ? 6 : 0, mtime: EPOCH });
}

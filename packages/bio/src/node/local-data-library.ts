import { homedir } from 'node:os';
import { join } from 'node:path';
import { dataLibrary } from '../datasets/data-library';
import type { DataLibrary, DataLibraryOptions } from '../datasets/data-library';
import { fileDataStore } from './file-data-store';

/** Where a library of this machine looks; every option of `dataLibrary` holds, with folders for mirror and cache. */
export interface LocalDataLibraryOptions extends Omit<DataLibraryOptions, 'mirror' | 'cache'> {
  /** A folder with a folder for each set; `HAIRPIN_DATA` unless said. */
  readonly mirror?: string;
  /** The folder that keeps what is downloaded; `cacheFolder()` unless said. */
  readonly cache?: string;
}

/**
 * A library of the public data sets on this machine: the mirror that `HAIRPIN_DATA` names, the cache of this user, and the public
 * addresses.
 */
export function localDataLibrary(options: LocalDataLibraryOptions = {}): DataLibrary {
  const { mirror = process.env.HAIRPIN_DATA, cache = cacheFolder(), ...rest } = options;
  return dataLibrary({ ...rest, ...(mirror && { mirror: fileDataStore(mirror) }), cache: fileDataStore(cache) });
}

/**
 * The folder that keeps downloaded data sets: `datasets` in `HAIRPIN_CACHE`, or else in `hairpin` of the user's folder of caches, which
 * `XDG_CACHE_HOME` names where it is not the system's usual one.
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(env.HAIRPIN_CACHE || join(env.XDG_CACHE_HOME || usualCache(env), 'hairpin'), 'datasets');
}

function usualCache(env: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}

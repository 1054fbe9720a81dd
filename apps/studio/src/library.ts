import { type DataLibrary, dataLibrary, opfsDataStore } from '@hairpin/bio';

/** The public data sets that this browser keeps. A page without a secure address has no place for them, and simulates. */
export function keptData(): DataLibrary {
  const { navigator } = globalThis as { navigator?: { storage?: unknown } };
  return dataLibrary(navigator?.storage ? { cache: opfsDataStore() } : {});
}

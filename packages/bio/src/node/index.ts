export { fileDataStore } from './file-data-store';
export { cacheFolder, localDataLibrary } from './local-data-library';
export type { LocalDataLibraryOptions } from './local-data-library';

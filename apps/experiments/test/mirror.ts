import { localDataLibrary } from '@hairpin/bio/node';
import { dataStore } from '../src/index';

/** The public data sets that lie here, or none: then experiments simulate what they need. */
export const mirror = dataStore(localDataLibrary());

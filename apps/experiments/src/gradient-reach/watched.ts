import type { LongRun } from '@hairpin/interpret';
import type { Context } from './experiment';

/** A long measurement that tells how far it is and stops when told to. */
export const watched = ({ signal, progress }: Context): LongRun => ({
  ...{ signal, onProgress: (done, total) => progress({ done, total }) },
});

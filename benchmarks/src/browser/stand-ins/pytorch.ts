import type { System } from '../../harness/benchmark';

/** There is no Python in a page. */
export const trainWithPytorch = (): System[] => [];

/** Nothing to know of a system that is not there. */
export const pytorchNotes: readonly string[] = [];

import type { Rng } from '@hairpin/tensors';
import type { Layer } from '../../src/index';

/** A layer, an input for it, and what must come out. */
export interface Case {
  readonly of: (rng: Rng) => Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  /** For a layer that reads tokens: how many there are. */
  readonly tokens?: number;
  /** Lengths of the rows for the test of padding, and what they become; left out where rows have no positions. */
  readonly lengths?: readonly number[];
  readonly lengthsAfter?: readonly number[];
}

/** Samples by the name of a layer. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

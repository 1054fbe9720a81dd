import type { GraphStep } from '@hairpin/tensors';
import type { Multipliers, Parts } from './parts';

/** How a pass meets one op: forward over the parts of its inputs (undefined for those off the way), then back. */
export interface Handler {
  readonly forward: (step: GraphStep, parts: readonly (Parts | undefined)[]) => Parts;
  readonly backward: (
    m: Multipliers,
    step: GraphStep,
    parts: readonly (Parts | undefined)[],
    output: Parts,
  ) => readonly (Multipliers | undefined)[];
}

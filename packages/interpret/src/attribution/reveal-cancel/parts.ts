import { add, minimum, maximum, type Tensor } from '@hairpin/tensors';

/** What stands at the baseline, and by how much it is raised and lowered on the way to the input; all three add up to the input. */
export interface Parts {
  readonly base: Tensor;
  readonly plus: Tensor;
  readonly minus: Tensor;
}

/** Multipliers of the two parts of a change. */
export interface Multipliers {
  readonly plus: Tensor;
  readonly minus: Tensor;
}

/** The change as a whole. */
export const changeOf = ({ plus, minus }: Parts): Tensor => add(plus, minus);

/** What is above 0. */
export const above = (t: Tensor): Tensor => maximum(t, 0);

/** What is below 0. */
export const below = (t: Tensor): Tensor => minimum(t, 0);

/** The parts of what lies at the input. */
export const inputOf = (parts: Parts): Tensor => add(parts.base, changeOf(parts));

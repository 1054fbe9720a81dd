import { Rng } from '@hairpin/tensors/random';
import { type Numbers, uniform } from '../training/examples';

/** A small LSTM: what is timed is the start. */
export const size = { batch: 32, steps: 50, inputs: 4, hidden: 32 };

/** `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh` in ±0.2, so that all systems begin alike without asking each other. */
export function startingWeights(): Numbers[] {
  const rng = new Rng(2);
  const gates = 4 * size.hidden;
  const shapes = [[gates, size.inputs], [gates, size.hidden], [gates], [gates]]; // prettier-ignore
  return shapes
    .map((shape) => uniform(rng, ...shape))
    .map(({ values, shape }) => ({ values: values.map((x) => 0.2 * x), shape }));
}

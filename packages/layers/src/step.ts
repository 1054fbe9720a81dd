import type { Context, Model, Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { pointwise, type ReceptiveField } from './receptive-field';

/** A layer, or a plain function such as `relu` that keeps the lengths and looks at each position by itself. */
export type Step = Layer | Model;

/** What a step makes of x. */
export const run = (step: Step, x: Tensor, context: Context): Tensor =>
  step instanceof Layer ? step.forward(x, context) : step(x, context);

/** The lengths after a step. */
export const after = (step: Step, lengths: Tensor): Tensor | undefined =>
  step instanceof Layer ? step.lengthsAfter(lengths) : lengths;

/** Which inputs an output of a layer, a stack or a function sees. */
export const receptiveField = (step: Step): ReceptiveField => (step instanceof Layer ? step.receptiveField : pointwise);

import type { Context, Model, Tensor } from '@hairpin/tensors';

/**
 * Which letters a feature reads: feature l those from l · stride + offset on, `size` of them. Layers of
 * `@hairpin/layers` know it as their `receptiveField`.
 */
export interface Reach {
  readonly size: number;
  readonly stride: number;
  /** Negative where padding lies before the sequence. */
  readonly offset: number;
}

/**
 * A model in two parts: for a mutant only the features that read a changed letter are computed, the others are those of the
 * unmutated sequence. Mutants in which letters move are computed whole. Both parts get the context of the letters; `features` that of the piece of sequence they are given.
 */
export interface FeatureModel {
  /** Letters [batch, length, letters] → features [batch, positions, channels], as convolutions and pools give them. */
  readonly features: Model;
  readonly reach: Reach;
  /** Features → output [batch, …]. */
  readonly head: Model;
}

/** What a recurrence gives: outputs of all steps [batch, length, …], and the state after the last. */
export interface Streamed<S> {
  readonly y: Tensor;
  /** A nest of tensors with the batch first. */
  readonly state: S;
}

/** What can go on from a state, such as a `Recurrent` of `@hairpin/layers` that walks forward, stacked or not. */
export interface Streamable<S> {
  run(x: Tensor, options: Context & { readonly state?: S }): Streamed<S>;
}

/**
 * A recurrent net and what reads it: a mutant is computed from the state before its first changed letter. The `head` gets
 * outputs and state as if the whole sequence had been run; outputs that it does not read are not kept.
 */
export interface StreamingModel<S> {
  readonly recurrence: Streamable<S>;
  readonly head: (streamed: Streamed<S>, context: Context) => Tensor;
}

/**
 * What can be perturbed: any model, [batch, length, letters] → [batch, …], or one in parts that is faster and gives the
 * same numbers.
 */
export type Perturbable<S = never> = Model | FeatureModel | StreamingModel<S>;

/** The model as one function. */
export function wholeModel<S>(model: Perturbable<S>): Model {
  if (typeof model === 'function') return model;
  if ('features' in model) return (x, context = {}) => model.head(model.features(x, context), context);
  return (x, context = {}) => model.head(model.recurrence.run(x, context), context);
}

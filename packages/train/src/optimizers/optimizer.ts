import type { Parameter, Tensor, TensorLike } from '@hairpin/tensors';

/** Parameters by path, as `parameters(model)` gives them. */
export type Weights = Readonly<Record<string, Parameter>>;

/** One gradient for each weight, by the weight's path and of its shape and dtype. */
export type Gradients = Readonly<Record<string, Tensor>>;

/** Whether to move, and how far. */
export interface Update {
  /** A bool: where it is false, weights and state keep the values they had. */
  readonly isSafe: TensorLike;
  /** In place of the optimiser's own. */
  readonly learningRate?: TensorLike;
}

/** Moves weights by their gradients. State is kept in parameters, so that it lives on the device and in checkpoints. */
export interface Optimizer {
  apply(weights: Weights, gradients: Gradients, update: Update): void;
}

import type { Parameter, Tensor, TensorLike } from '@hairpin/tensors';

/** Parameters by path, as `parameters(model)` gives them. */
export type Weights = Readonly<Record<string, Parameter>>;

/** How to move, and whether at all. */
export interface Update {
  readonly learningRate: TensorLike;
  /** A bool: where it is false, weights and state keep the values they had. */
  readonly isSafe: TensorLike;
}

/** Moves weights by their gradients. State is kept in parameters, so that it lives on the device and in checkpoints. */
export interface Optimizer {
  apply(weights: Weights, gradients: Readonly<Record<string, Tensor>>, update: Update): void;
}

import {
  add,
  cast,
  compile,
  type Compiled,
  equal,
  full,
  isFinite,
  logicalAnd,
  type Parameter,
  parameter,
  square,
  stack,
  sum,
  type Tensor,
  valueAndGrad,
} from '@hairpin/tensors';
import type { Optimizer, Weights } from './optimizers/optimizer';

/** What a step is given: tensors by name, the batch first in each. */
export type Batch = Readonly<Record<string, Tensor>>;

/** What a step is made of. */
export interface TrainStepOptions<B extends Batch> {
  readonly weights: Weights;
  readonly optimizer: Optimizer;
  /** One number for a batch; reads the weights through the model that they belong to. */
  readonly loss: (batch: B) => Tensor;
}

/**
 * Forward, backward and optimiser as one compiled function. A loss or gradient that is not finite never reaches the
 * weights: from then on they, and all state, stay as they were before that step.
 */
export class TrainStep<B extends Batch> {
  readonly weights: Weights;
  readonly optimizer: Optimizer;
  /** 1 until a step was not finite. */
  readonly isIntact: Parameter; // i32
  /** Takes a batch and a learning rate; gives [loss, 1 if the weights moved, else 0]. */
  readonly run: Compiled<[B, number], Tensor>;
  readonly #loss: (batch: B) => Tensor;

  constructor({ weights, optimizer, loss }: TrainStepOptions<B>) {
    this.weights = weights;
    this.optimizer = optimizer;
    this.isIntact = parameter(full([], 1, { dtype: 'i32' }));
    this.#loss = loss;
    this.run = compile((batch: B, learningRate: number) => this.#advance(batch, learningRate));
  }

  /** Loss and gradients, a function of weights and batch alone. */
  gradients(batch: B): { value: Tensor; grad: Record<string, Tensor> } {
    return valueAndGrad((_: Weights) => this.#loss(batch))(this.weights);
  }

  dispose(): void {
    this.run.dispose();
  }

  #advance(batch: B, learningRate: number): Tensor {
    const { value, grad } = this.gradients(batch);
    const isSafe = logicalAnd(equal(this.isIntact, 1), isFinite(add(value, squaredNorm(grad))));
    this.optimizer.apply(this.weights, grad, { learningRate, isSafe });
    this.isIntact.assign(cast(isSafe, 'i32'));
    return stack([value, cast(isSafe, value.dtype)]);
  }
}

const squaredNorm = (gradients: Readonly<Record<string, Tensor>>): Tensor =>
  Object.values(gradients)
    .map((g) => sum(square(g)))
    .reduce((total, part) => add(total, part));

import {
  add,
  cast,
  compile,
  type Compiled,
  div,
  equal,
  full,
  isFinite,
  logicalAnd,
  mul,
  type Parameter,
  parameter,
  stack,
  type Tensor,
  type TensorLike,
  trainable,
  valueAndGrad,
  where,
  zeros,
} from '@hairpin/tensors';
import { mapValues } from './map-values';
import { clipByNorm, clipByValue, squaredNorm } from './optimizers/clip';
import { zerosBeside } from './optimizers/descent';
import type { Gradients, Optimizer, Weights } from './optimizers/optimizer';

/** What a step is given: tensors by name, the batch first in each. */
export type Batch = Readonly<Record<string, Tensor>>;

/** What a step is made of. */
export interface TrainStepOptions<B extends Batch> {
  /** All parameters of the model. Buffers among them are saved with the rest, and moved by the model alone. */
  readonly weights: Weights;
  readonly optimizer: Optimizer;
  /** One number for a batch; reads the weights through the model that they belong to. */
  readonly loss: (batch: B) => Tensor;
  /** All gradients together are at most this long (Pascanu et al. 2013); not clipped unless said. */
  readonly clipNorm?: number;
  /** No gradient is larger than this; not clipped unless said. */
  readonly clipValue?: number;
  /** How much a batch counts where gradients of several are averaged, [] of the loss's dtype: as much as any unless said. */
  readonly weightOf?: (batch: B) => Tensor;
}

/** What a batch says. */
export interface BatchGradients {
  readonly value: Tensor;
  /** Gradients of all weights but the buffers. */
  readonly grad: Record<string, Tensor>;
  /** What the model would have its buffers become. */
  readonly buffers: Record<string, Tensor>;
}

/** Sums of several batches: Σ w·gradient by path, Σ w·loss and Σ w. */
interface Sums {
  readonly gradients: Weights;
  readonly loss: Parameter;
  readonly weight: Parameter;
}

/**
 * Forward, backward and optimiser as one compiled function, or in two halves for several batches to a step. A loss or gradient
 * that is not finite never reaches the weights: from then on they, and all state, stay as they were before that step.
 */
export class TrainStep<B extends Batch> {
  readonly weights: Weights;
  readonly optimizer: Optimizer;
  /** 1 until a step was not finite. */
  readonly isIntact: Parameter; // i32
  readonly #options: TrainStepOptions<B>;
  readonly #trained: Weights;
  readonly #buffers: Weights;
  readonly #compiled: Compiled<[B], Tensor>;
  readonly #compiledAt: Compiled<[B, number], Tensor>;
  readonly #accumulate: Compiled<[B], Tensor>;
  readonly #finish: Compiled<[], Tensor>;
  readonly #finishAt: Compiled<[number], Tensor>;
  #sums: Sums | undefined;

  constructor(options: TrainStepOptions<B>) {
    this.#options = options;
    this.weights = options.weights;
    this.optimizer = options.optimizer;
    this.#trained = trainable(options.weights);
    this.#buffers = Object.fromEntries(Object.entries(options.weights).filter(([, cell]) => !cell.isTrainable));
    const device = Object.values(options.weights)[0]?.device;
    this.isIntact = parameter(full([], 1, { dtype: 'i32', ...(device && { device }) }));
    this.#compiled = compile((batch: B) => this.#advance(batch));
    this.#compiledAt = compile((batch: B, learningRate: number) => this.#advance(batch, learningRate));
    this.#accumulate = compile((batch: B) => this.#add(batch));
    this.#finish = compile(() => this.#applySums());
    this.#finishAt = compile((learningRate: number) => this.#applySums(learningRate));
  }

  /** One step. Gives [loss, 1 if the weights moved, else 0]. @param learningRate the optimiser's own unless said */
  run(batch: B, learningRate?: number): Promise<Tensor> {
    return learningRate === undefined ? this.#compiled(batch) : this.#compiledAt(batch, learningRate);
  }

  /** Adds the gradients of a batch to those of others. Gives [loss, 1 if all is finite so far, else 0]. */
  accumulate(batch: B): Promise<Tensor> {
    this.#sums ??= sumsLike(this.#trained);
    return this.#accumulate(batch);
  }

  /** One step by the mean of the gradients that were added up. Gives [mean loss, 1 if the weights moved, else 0]. */
  finish(learningRate?: number): Promise<Tensor> {
    return learningRate === undefined ? this.#finish() : this.#finishAt(learningRate);
  }

  /** Forgets the gradients that were accumulated. */
  discard(): void {
    if (this.#sums) clear(this.#sums);
  }

  /** Loss and gradients: a function of weights and batch alone, which moves nothing. */
  gradients(batch: B): BatchGradients {
    const before = mapValues(this.#buffers, (cell) => cell.read());
    const { value, grad } = valueAndGrad((_: Weights) => this.#options.loss(batch))(this.#trained);
    const buffers = mapValues(this.#buffers, (cell) => cell.read());
    for (const [path, cell] of Object.entries(this.#buffers)) cell.assign(before[path]);
    return { value, grad, buffers };
  }

  /**
   * Moves the weights: a function of weights, optimiser state and gradients alone. Gives [value, 1 if they moved, else 0].
   * @param buffers what buffers become, as `gradients` says
   */
  apply(value: Tensor, gradients: Gradients, learningRate?: TensorLike, buffers: Gradients = {}): Tensor {
    const { clipNorm, clipValue } = this.#options;
    const isSafe = logicalAnd(equal(this.isIntact, 1), isFinite(add(value, squaredNorm(gradients))));
    const bounded = clipValue === undefined ? gradients : clipByValue(gradients, clipValue);
    const clipped = clipNorm === undefined ? bounded : clipByNorm(bounded, clipNorm);
    this.optimizer.apply(this.weights, clipped, learningRate === undefined ? { isSafe } : { isSafe, learningRate });
    this.#moveBuffers(buffers, isSafe);
    this.isIntact.assign(cast(isSafe, 'i32'));
    return stack([value, cast(isSafe, value.dtype)]);
  }

  /** Gives the plans and the sums back; the weights stay. */
  dispose(): void {
    for (const plan of [this.#compiled, this.#compiledAt, this.#accumulate, this.#finish, this.#finishAt])
      plan.dispose();
    if (this.#sums) for (const cell of cellsOf(this.#sums)) cell.dispose();
    this.#sums = undefined;
  }

  #advance(batch: B, learningRate?: TensorLike): Tensor {
    const { value, grad, buffers } = this.gradients(batch);
    return this.apply(value, grad, learningRate, buffers);
  }

  #moveBuffers(next: Gradients, isSafe: Tensor): void {
    for (const [path, value] of Object.entries(next)) {
      const cell = this.#buffers[path];
      cell.assign(where(isSafe, value, cell));
    }
  }

  #add(batch: B): Tensor {
    const { gradients, loss, weight } = this.#sums!;
    const { value, grad, buffers } = this.gradients(batch);
    const own = this.#options.weightOf?.(batch) ?? full([], 1, { dtype: value.dtype, device: value.device });
    for (const [path, sum] of Object.entries(gradients)) sum.assign(add(sum, mul(grad[path], cast(own, sum.dtype))));
    loss.assign(add(loss, cast(mul(value, own), loss.dtype)));
    weight.assign(add(weight, cast(own, weight.dtype)));
    const isSafe = logicalAnd(equal(this.isIntact, 1), isFinite(add(value, squaredNorm(grad))));
    this.#moveBuffers(buffers, isSafe);
    return stack([value, cast(isSafe, value.dtype)]);
  }

  #applySums(learningRate?: TensorLike): Tensor {
    if (!this.#sums) throw new RangeError('TrainStep.finish: expected gradients that were accumulated, got none');
    const { gradients, loss, weight } = this.#sums;
    const means = Object.entries(gradients).map(
      ([path, sum]) => [path, div(sum, cast(weight, sum.dtype))] as [string, Tensor],
    );
    const outcome = this.apply(div(loss, weight), Object.fromEntries(means), learningRate);
    clear(this.#sums);
    return outcome;
  }
}

function sumsLike(weights: Weights): Sums {
  const [{ dtype, device }] = Object.values(weights);
  const scalar = () => parameter(zeros([], { dtype, device }));
  return { gradients: zerosBeside(weights), loss: scalar(), weight: scalar() };
}

const cellsOf = ({ gradients, loss, weight }: Sums): Parameter[] => [...Object.values(gradients), loss, weight];

function clear(sums: Sums): void {
  for (const cell of cellsOf(sums)) cell.assign(zeros(cell.shape, { dtype: cell.dtype, device: cell.device }));
}

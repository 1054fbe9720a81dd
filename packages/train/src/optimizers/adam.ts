import {
  add,
  cast,
  div,
  type DType,
  expm1,
  mul,
  neg,
  type Parameter,
  parameter,
  shapeError,
  sqrt,
  square,
  sub,
  type Tensor,
  type TensorLike,
  where,
  zeros,
} from '@hairpin/tensors';
import type { Optimizer, Update, Weights } from './optimizer';

/** Constants of Adam; all but the learning rate, which comes with each update. */
export interface AdamOptions {
  /** Decay of the mean of the gradients, 0.9 unless said. */
  readonly beta1?: number;
  /** Decay of the mean of their squares, 0.999 unless said. */
  readonly beta2?: number;
  /** Added to the root of the second moment, 1e-8 unless said. */
  readonly epsilon?: number;
  /** Share of the learning rate by which a weight shrinks in each step, apart from its gradient; by path if a function. */
  readonly weightDecay?: number | ((path: string) => number);
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1); with `weightDecay` AdamW (Loshchilov & Hutter 2019, algorithm 2). Moments and
 * counter are parameters: they live on the device, advance inside the compiled step and are saved in checkpoints.
 */
export class Adam implements Optimizer {
  readonly count: Parameter; // steps taken, i32
  readonly mean: Weights; // of the gradients, by path
  readonly variance: Weights; // uncentred: mean of the squared gradients
  readonly #options: Required<AdamOptions>;

  constructor(weights: Weights, options: AdamOptions = {}) {
    const zeroLike = ({ shape, dtype, device }: Parameter) => parameter(zeros(shape, { dtype, device }));
    this.count = parameter(zeros([], { dtype: 'i32' }));
    this.mean = mapValues(weights, zeroLike);
    this.variance = mapValues(weights, zeroLike);
    this.#options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, ...options };
  }

  apply(weights: Weights, gradients: Readonly<Record<string, Tensor>>, update: Update): void {
    const count = where(update.isSafe, add(this.count, 1), this.count);
    for (const [path, weight] of Object.entries(weights)) {
      if (!(path in this.mean)) throw shapeError('Adam', 'the weights it was made for', path);
      this.#applyTo(path, weight, gradients[path], count, update);
    }
    this.count.assign(count);
  }

  #applyTo(path: string, weight: Parameter, g: Tensor, count: Tensor, update: Update): void {
    const { learningRate, isSafe } = update;
    const t = cast(count, weight.dtype);
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    const decay = typeof weightDecay === 'number' ? weightDecay : weightDecay(path);
    const mean = add(mul(this.mean[path], beta1), mul(g, 1 - beta1));
    const variance = add(mul(this.variance[path], beta2), mul(square(g), 1 - beta2));
    const root = add(sqrt(div(variance, debias(beta2, t))), epsilon);
    const direction = div(div(mean, debias(beta1, t)), root);
    const step = decay === 0 ? direction : add(direction, mul(weight, decay));
    assignWhere(isSafe, weight, sub(weight, mul(step, asType(learningRate, weight.dtype))));
    assignWhere(isSafe, this.mean[path], mean);
    assignWhere(isSafe, this.variance[path], variance);
  }
}

/** 1 − βᵗ, without the cancellation that f32 would suffer for β near 1. */
const debias = (beta: number, t: Tensor): Tensor => neg(expm1(mul(t, Math.log(beta))));

/** A number adopts the type of its partner; a tensor has to be told. */
const asType = (x: TensorLike, dtype: DType): TensorLike => (typeof x === 'number' ? x : cast(x, dtype));

const assignWhere = (isSafe: TensorLike, cell: Parameter, value: Tensor): void =>
  cell.assign(where(isSafe, value, cell));

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

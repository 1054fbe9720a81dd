import { add, div, expm1, mul, neg, sqrt, square, type Tensor } from '@hairpin/tensors';
import { demand } from '../demand';
import { Descent, type DescentOptions, type Slot, zerosBeside } from './descent';
import type { Weights } from './optimizer';

/** Constants of Adam's moments. */
export interface AdamMomentsOptions extends DescentOptions {
  /** 1e-3 unless said. */
  readonly learningRate?: DescentOptions['learningRate'];
  /** Decay of the mean of the gradients and of the mean of their squares, [0.9, 0.999] unless said. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the second moment, 1e-8 unless said. */
  readonly eps?: number;
}

/** What Adam and AdamW share: two running means, each divided by the weight that its terms have so far. */
export abstract class AdamMoments extends Descent {
  /** Of the gradients, by path. */
  readonly mean: Weights;
  /** Uncentred: the mean of the squared gradients, by path. */
  readonly variance: Weights;
  readonly #options: Required<Pick<AdamMomentsOptions, 'betas' | 'eps'>>;

  constructor(weights: Weights, options: AdamMomentsOptions & { readonly weightDecay: number }) {
    const { betas = [0.9, 0.999], eps = 1e-8, ...rest } = options;
    super(weights, { learningRate: 1e-3, ...rest });
    for (const beta of betas) demand(beta >= 0 && beta < 1, this.constructor.name, 'betas in [0, 1)', beta);
    demand(eps >= 0, this.constructor.name, 'eps ≥ 0', eps);
    this.mean = zerosBeside(weights);
    this.variance = zerosBeside(weights);
    this.#options = { betas, eps };
  }

  /** Mean over root mean square of the gradients so far: Kingma & Ba 2015, algorithm 1. */
  protected ratio({ path, t, keep }: Slot, g: Tensor): Tensor {
    const { betas, eps } = this.#options;
    const mean = keep(this.mean[path], follow(this.mean[path], g, betas[0]));
    const variance = keep(this.variance[path], follow(this.variance[path], square(g), betas[1]));
    return div(div(mean, debias(betas[0], t)), add(sqrt(div(variance, debias(betas[1], t))), eps));
  }
}

/** β · before + (1 − β) · x. */
const follow = (before: Weights[string], x: Tensor, beta: number): Tensor => add(mul(before, beta), mul(x, 1 - beta));

/** 1 − βᵗ, without the cancellation that f32 would suffer for β near 1. 1e-38 stands for 0, whose logarithm is not finite. */
const debias = (beta: number, t: Tensor): Tensor => neg(expm1(mul(t, Math.log(Math.max(beta, 1e-38)))));

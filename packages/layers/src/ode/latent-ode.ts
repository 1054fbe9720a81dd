import {
  add,
  broadcastTo,
  cast,
  type Context,
  exp,
  HairpinError,
  logicalAnd,
  mul,
  normal,
  type Rng,
  split,
  type Tensor,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond, isInside } from '../lengths';
import { type Dynamics, fieldOf } from './dynamics';
import { gaussianKL, gaussianLogLikelihood } from './elbo';
import { divide, stretchEnds, walkGrid } from './fixed';
import { gapsOf, maskOf, timesOf } from './irregular';
import type { ODERNN } from './ode-rnn';
import { type Tableau, tableaus } from './tableau';

/** The parts of a `LatentODE`. */
export interface LatentODEOptions {
  /** Reads the observations, from the last to the first: `direction: 'reverse'`. */
  readonly encoder: ODERNN;
  /** [batch, hidden] → [batch, 2 · latent]: mean and logarithm of the variance of the state at the first time. */
  readonly posterior: Layer;
  /** How the latent state moves, on [batch, latent]. */
  readonly field: Dynamics;
  /** [batch, length, latent] → [batch, length, in] */
  readonly decoder: Layer;
  /** Steps from one time to the next: by `method`, rk4 unless said, in so many `steps`, 1 unless said. */
  readonly method?: keyof typeof tableaus | Tableau;
  readonly steps?: number;
}

/** A reconstruction, and what the bound on its likelihood is made of. */
export interface LatentRun {
  /** [batch, length, in], zeros beyond a row's length. */
  readonly y: Tensor;
  /** The latent states, [batch, length, latent]. */
  readonly z: Tensor;
  /** Of the state at the first time, [batch, latent]. */
  readonly mean: Tensor;
  readonly logVar: Tensor;
  /** KL of that from N(0, 1), in nats, [batch]. */
  readonly kl: Tensor;
}

/**
 * A variational model of sequences at any times (Chen et al. 2018; Rubanova et al. 2019): an encoder reads the observations
 * back in time and gives a distribution of the latent state at the first of them, an equation carries a draw of it through
 * the times, a decoder gives what is seen there.   x: [batch, length, in] → [batch, length, in]
 * While training the draw comes from `context.rng`; else it is the mean. Times, masks and lengths as for `ODERNN`.
 */
export class LatentODE extends Layer {
  readonly encoder: ODERNN;
  readonly posterior: Layer;
  readonly field: Dynamics;
  readonly decoder: Layer;
  readonly steps: number;
  private readonly tableau: Tableau;

  constructor({ encoder, posterior, field, decoder, method = 'rk4', steps = 1 }: LatentODEOptions) {
    super();
    if (encoder.direction !== 'reverse')
      throw new HairpinError("LatentODE: the encoder ends at the first time; make it with direction: 'reverse'");
    [this.encoder, this.posterior, this.field, this.decoder, this.steps] = [encoder, posterior, field, decoder, steps];
    this.tableau = typeof method === 'string' ? tableaus[method] : method;
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    return this.run(x, context).y;
  }

  /** The reconstruction, and the pieces of the bound. */
  run(x: Tensor, context: Context = {}): LatentRun {
    const [mean, logVar] = split(this.posterior.forward(this.encoder.run(x, context).h), 2, 1);
    const z0 = this.draw(mean, logVar, context);
    const { start, gap } = gapsOf(timesOf(x, context), { lengths: context.lengths, reverse: false });
    const walked = walkGrid(this.tableau, fieldOf(this.field), z0, divide(start, gap, this.steps));
    const z = stretchEnds(walked, this.steps);
    const y = clearBeyond(this.decoder.forward(z), context.lengths);
    return { y, z, mean, logVar, kl: gaussianKL(mean, logVar) };
  }

  /**
   * The evidence lower bound of each row, in nats, [batch]: log-likelihood under noise of size `std`, less `klWeight` times
   * the KL. Its negative mean is a loss.
   */
  elbo(
    x: Tensor,
    { std, klWeight = 1, ...context }: Context & { readonly std: number; readonly klWeight?: number },
  ): Tensor {
    const { y, kl } = this.run(x, context);
    return add(gaussianLogLikelihood(x, y, { std, seen: seenIn(x, context) }), mul(kl, -klWeight));
  }

  private draw(mean: Tensor, logVar: Tensor, { training = false, rng }: Context): Tensor {
    if (!training) return mean;
    if (!rng) throw new HairpinError('LatentODE: training needs context.rng to draw from');
    return add(mean, mul(exp(mul(logVar, 0.5)), noise(rng, mean)));
  }
}

const noise = (rng: Rng, like: Tensor): Tensor =>
  cast(normal(rng, like.shape, 0, 1, like.device && { device: like.device }), like.dtype);

/** What lies within a row and was observed, as bools like x; undefined where that is all. */
function seenIn(x: Tensor, context: Context): Tensor | undefined {
  const inside = context.lengths && broadcastTo(isInside(context.lengths, x.shape[1]), x.shape);
  const mask = maskOf(x, context);
  return inside && mask ? logicalAnd(inside, mask) : (inside ?? mask);
}

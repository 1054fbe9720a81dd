import {
  div,
  exp,
  linearScan,
  log,
  maximum,
  minimum,
  mul,
  neg,
  type Parameter,
  parameter,
  reshape,
  sub,
  takeAlong,
  tensor,
  type Tensor,
} from '@hairpin/tensors';

const scale = (value: number): Parameter => parameter(tensor(Math.log(value)));

/**
 * A leaky integrator with a window, both to be learned. A state says at which distance a single enhancer would leave it,
 * −τ·ln h: in that distance the window is what single enhancers show, whatever the memory, and several enhancers show the
 * memory. All four are kept as logarithms, the first three in units of a tenth of the sequence.
 */
export class EnhancerGate {
  readonly memory = scale(0.2); // τ
  readonly nearest = scale(1);
  readonly farthest = scale(2);
  readonly sharpness = scale(2); // per unit

  constructor(private readonly unitBp: number) {}

  /** By which the state is multiplied at each step: e^(−1/τ).   [] */
  r(): Tensor {
    return exp(neg(div(exp(neg(this.memory)), this.unitBp)));
  }

  /**
   * Logits of an active promoter.
   * @param starts [batch, length, 1]
   * @param before the positions just before the promoters, [batch, 1]
   * @returns [batch]
   */
  forward(starts: Tensor, before: Tensor): Tensor {
    const states = linearScan(this.r(), starts);
    const state = takeAlong(reshape(states, starts.shape.slice(0, 2)), before, 1);
    const distance = neg(mul(exp(this.memory), log(maximum(state, 1e-30)))); // 1e-30: where nothing is left
    const inside = minimum(sub(distance, exp(this.nearest)), sub(exp(this.farthest), distance));
    return reshape(mul(exp(this.sharpness), inside), [-1]);
  }

  /** What was learned: r, and the ends of the window in bp. */
  async found(): Promise<Found> {
    const bp = async (size: Parameter) => Math.exp(await size.item()) * this.unitBp;
    const [tauBp, nearestBp, farthestBp] = await Promise.all([this.memory, this.nearest, this.farthest].map(bp));
    return { r: Math.exp(-1 / tauBp), tauBp, nearestBp, farthestBp };
  }
}

/** A memory and its window. */
export interface Found {
  readonly r: number;
  /** Steps after which 1/e of an enhancer is left: −1/ln r. */
  readonly tauBp: number;
  readonly nearestBp: number;
  readonly farthestBp: number;
}

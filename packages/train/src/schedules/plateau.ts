import {
  abs,
  add,
  cast,
  type Device,
  equal,
  greater,
  less,
  logicalOr,
  maximum,
  minimum,
  mul,
  type Parameter,
  parameter,
  pow,
  sub,
  type Tensor,
  where,
  zeros,
} from '@hairpin/tensors';
import { demand } from '../demand';
import { checkCount, checkRate, rateAt, type Schedule } from './schedule';

/** When the rate falls, and how far. */
export interface PlateauOptions {
  /** What the rate is multiplied by, in (0, 1); 0.1 unless said. */
  readonly factor?: number;
  /** Observations without progress that are borne; the one after lowers the rate. 10 unless said. */
  readonly patience?: number;
  /** The rate is lowered to this and no further, 0 unless said: PyTorch's `min_lr`. */
  readonly minimum?: number;
  /** Whether progress is a smaller metric (`'min'`, such as a loss; unless said) or a larger one. */
  readonly mode?: 'min' | 'max';
  /** Share of the best metric by which it has to be beaten, 1e-4 unless said. */
  readonly threshold?: number;
  /** Where the state lives: the device of the weights, to be named where that is not the default one. */
  readonly device?: Device;
}

/**
 * Lowers the rate when a metric stops improving: PyTorch's `ReduceLROnPlateau` (relative threshold, no cooldown). What
 * it has seen are parameters: `observe` changes the rate of a compiled step, and a checkpoint carries them.
 */
export class Plateau implements Schedule {
  /** What is lowered; a field, so that its state is found and saved. */
  readonly rate: number | Schedule;
  /** Times that the rate has been lowered, i32. */
  readonly reductions: Parameter;
  /** Observations since the last progress or reduction, i32. */
  readonly badCount: Parameter;
  /** The best metric so far, f32; it means nothing while `observations` is 0. */
  readonly best: Parameter;
  /** Finite metrics seen, i32. */
  readonly observations: Parameter;
  readonly #options: Required<Omit<PlateauOptions, 'device'>>;

  constructor(rate: number | Schedule, { device, ...options }: PlateauOptions = {}) {
    this.#options = { factor: 0.1, patience: 10, minimum: 0, mode: 'min', threshold: 1e-4, ...options };
    check(rate, this.#options);
    const counter = () => parameter(zeros([], { dtype: 'i32', device }));
    this.rate = rate;
    [this.reductions, this.badCount, this.observations] = [counter(), counter(), counter()];
    this.best = parameter(zeros([], { device }));
  }

  /** rate · factor^reductions, at least `minimum` unless the rate itself is below that. */
  at(step: Tensor): Tensor {
    const rate = rateAt(this.rate, step);
    const factor = pow(this.#options.factor, cast(this.reductions, step.dtype));
    return minimum(rate, maximum(mul(rate, factor), this.#options.minimum));
  }

  /** Takes a validation's metric; one that is not finite is no progress. Waits for nothing: the next step sees it. */
  observe(metric: number): void {
    const isFinite = Number.isFinite(metric);
    const isProgress = isFinite ? logicalOr(equal(this.observations, 0), this.#beats(metric)) : false;
    const bad = where(isProgress, 0, add(this.badCount, 1));
    const isTooMany = greater(bad, this.#options.patience);
    this.best.assign(where(isProgress, metric, this.best));
    this.badCount.assign(where(isTooMany, 0, bad));
    this.reductions.assign(add(this.reductions, cast(isTooMany, 'i32')));
    this.observations.assign(add(this.observations, Number(isFinite)));
  }

  /** PyTorch takes a share of the signed best, which a negative metric would beat by standing still; here it is of its size. */
  #beats(metric: number): Tensor {
    const margin = mul(abs(this.best), this.#options.threshold);
    return this.#options.mode === 'min'
      ? less(metric, sub(this.best, margin))
      : greater(metric, add(this.best, margin));
  }
}

/**
 * A rate that falls when a metric stops improving: see `Plateau`.
 * @throws RangeError for a rate or option out of range
 */
export const plateau = (rate: number | Schedule, options?: PlateauOptions): Plateau => new Plateau(rate, options);

function check(rate: number | Schedule, options: Required<Omit<PlateauOptions, 'device'>>): void {
  const { factor, patience, minimum, threshold, mode } = options;
  checkRate('plateau', rate);
  checkCount('plateau', 'patience', patience, 0);
  demand(factor > 0 && factor < 1, 'plateau', 'a factor in (0, 1)', factor);
  demand(minimum >= 0, 'plateau', 'a minimum ≥ 0', minimum);
  demand(threshold >= 0, 'plateau', 'a threshold ≥ 0', threshold);
  demand(mode === 'min' || mode === 'max', 'plateau', "mode 'min' or 'max'", mode);
}

import { type Context, HairpinError, type Tensor } from '@hairpin/tensors';
import type { Target } from './target';
import type { LongRun } from '../long-run';

/** What every method of attribution takes. */
export interface AttributionOptions extends LongRun {
  /** Which number of the output is explained. */
  readonly target?: Target;
  /** Explains the value at the tap of this name in place of the input. */
  readonly at?: string;
  /** What the model is told beside x; its tensors have the batch first. */
  readonly context?: Context;
  /** Rows that go through the device at a time (64 unless said); an example counts once for each reference and point. */
  readonly batchSize?: number;
  /** The largest completeness error that is let through; beyond it `IncompleteAttribution` is raised. */
  readonly tolerance?: number;
  /** Seed of random references and points (0 unless said). */
  readonly seed?: number;
}

/** What made the model say so. */
export interface Attribution {
  /** What each number of x (or of the tapped value) contributed, of its shape. */
  readonly contributions: Tensor;
  /** The slope that stands in place of the gradient, averaged over references and points. */
  readonly multipliers: Tensor;
  /** What each letter would contribute at each position in place of the one that is there. */
  readonly hypothetical: Tensor;
  /** The explained number of each example. */
  readonly output: Float64Array;
  /** The mean of that number over the references of each example. */
  readonly reference: Float64Array;
  /** Σ contributions − (output − reference) of each example. */
  readonly delta: Float64Array;
  /**
   * How far contributions are from adding up to output − reference, as a share of the sum of their absolute values
   * (0 where nothing contributed and nothing was to be explained, Infinity where only the former is so).
   */
  readonly error: Float64Array;
}

/** Contributions that do not add up to what they explain. */
export class IncompleteAttribution extends HairpinError {
  constructor(
    readonly example: number,
    readonly error: number,
    method: string,
    tolerance: number,
  ) {
    super(
      `${method}: the contributions of example ${example} miss output − reference by ${error.toPrecision(3)} of the sum of their ` +
        `absolute values, more than ${tolerance}. Something in the model has no share in the sum (argmax, sort and topK, ` +
        `a path of whole numbers, a tap that other paths pass by); explain another place by at, or raise tolerance.`,
    );
  }
}

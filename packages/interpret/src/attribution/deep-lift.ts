import type { Model, Tensor } from '@hairpin/tensors';
import type { Attribution, AttributionOptions } from './attribution';
import { explain } from './explain';
import type { Method } from './method';
import type { ReferenceChoice } from './references';
import { type RevealCancelChoice, revealCancelSlope } from './reveal-cancel';
import { deepLiftRules, EPSILON } from './rules';

/** What DeepLIFT compares with, and by which rules. */
export interface DeepLiftOptions extends AttributionOptions {
  /** `zeros` unless said; contributions are averaged over several. */
  readonly references?: ReferenceChoice;
  /** RevealCancel in place of Rescale: for all ops of one number, or those chosen. For feed-forward models. */
  readonly revealCancel?: boolean | RevealCancelChoice;
  /** Differences below this share of the larger number count as none (1e-6 unless said). */
  readonly epsilon?: number;
}

/**
 * DeepLIFT (Shrikumar, Greenside & Kundaje 2017): the change of the output between reference and input, shared out to the input's
 * changes. Rescale goes through every op, loops and attention; past `tolerance` (1e-3 unless said) `IncompleteAttribution` is raised.
 */
export const deepLift = (model: Model, x: Tensor, options: DeepLiftOptions = {}): Promise<Attribution> =>
  run('deepLift', model, x, options);

/** References are what DeepSHAP averages over. */
export interface DeepShapOptions extends DeepLiftOptions {
  /** In genomics 20 dinucleotide shuffles of the example. */
  readonly references: ReferenceChoice;
}

/**
 * DeepSHAP (Lundberg & Lee 2017): DeepLIFT averaged over references that stand for the background. They are drawn from the example's own
 * letters, so that its neighbours in the batch do not matter.
 */
export const deepShap = (model: Model, x: Tensor, options: DeepShapOptions): Promise<Attribution> =>
  run('deepShap', model, x, options);

async function run(name: string, model: Model, x: Tensor, given: DeepLiftOptions): Promise<Attribution> {
  const { references = 'zeros', revealCancel = false, epsilon = EPSILON, ...options } = given;
  const points = (count: number) =>
    Array.from({ length: count }, (_, reference) => ({ reference, alpha: 1, weight: 1 / count }));
  const method: Method = {
    ...{ name, references, points, times: 'difference', tolerance: 1e-3 },
    ...(revealCancel === false
      ? { rules: deepLiftRules(epsilon) }
      : { slope: revealCancelSlope(revealCancel === true ? {} : revealCancel, epsilon) }),
  };
  return explain(method, model, x, options);
}

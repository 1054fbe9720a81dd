import { HairpinError } from '@hairpin/tensors';

/** A loss or a gradient became NaN or infinite. The weights are those before that step. */
export class NotFiniteError extends HairpinError {
  /** @param epoch and step count from 1 */
  constructor(
    readonly epoch: number,
    readonly step: number,
    readonly loss: number,
  ) {
    const what = Number.isFinite(loss) ? 'a gradient' : `the loss (${loss})`;
    super(`fit: ${what} is not finite in epoch ${epoch}, step ${step}; the weights are those before it`);
  }
}

import { HairpinError, type NotFinite } from '@hairpin/tensors';

/** A loss or a gradient became NaN or infinite. The weights are those before that step. */
export class NotFiniteError extends HairpinError {
  /**
   * @param epoch and step count from 1: `loader.epoch(epoch, step - 1)` begins with the batch that did it
   * @param origin where the bad number first appeared, if the search found it again
   */
  constructor(
    readonly epoch: number,
    readonly step: number,
    readonly loss: number,
    readonly origin?: NotFinite,
  ) {
    const what = Number.isFinite(loss) ? 'a gradient' : `the loss (${loss})`;
    const seen = origin?.tap === undefined ? '' : `, first seen by tap "${origin.tap}"`;
    const where = origin ? `: it began in ${origin.op} [${origin.shape.join(', ')}]${seen}` : '';
    super(`fit: ${what} is not finite in epoch ${epoch}, step ${step}${where}; the weights are those before it`);
  }
}

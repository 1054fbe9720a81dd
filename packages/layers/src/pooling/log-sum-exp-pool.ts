import { type Context, greater, log, logSumExp, reshape, shapeError, type Tensor, where } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond, fillBeyond } from '../lengths';
import { checkSequence, LOWEST, positionsOf } from './rows';

/**
 * τ · log(mean of e^(x / τ)) of each channel over the whole row: the largest activation for small temperatures τ, the
 * mean for large ones (Pinheiro & Collobert 2015, with τ = 1 / r).   x: [batch, length, channels] → [batch, channels]
 * Positions beyond a row's length do not count. A row of length 0 gives 0.
 */
export class GlobalLogSumExpPool extends Layer {
  readonly temperature: number;

  /** `temperature` is 1 unless said. */
  constructor({ temperature = 1 }: { readonly temperature?: number } = {}) {
    super();
    if (!(temperature > 0 && temperature < Infinity))
      throw new RangeError(`GlobalLogSumExpPool: expected a finite temperature > 0, got ${temperature}`);
    this.temperature = temperature;
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkSequence('GlobalLogSumExpPool', x);
    if (x.shape[1] === 0) throw shapeError('GlobalLogSumExpPool', 'at least one position in each row', x.shape);
    const powers = fillBeyond(clearBeyond(x, lengths).div(this.temperature), lengths, LOWEST);
    const count = positionsOf(x, lengths);
    const pooled = logSumExp(powers, 1).sub(log(count)).mul(this.temperature);
    return lengths ? where(greater(reshape(lengths, [-1, 1]), 0), pooled, 0) : pooled; // 0 in a row without positions
  }

  override lengthsAfter(): undefined {
    return undefined;
  }
}

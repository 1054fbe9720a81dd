import { avgPool1d, type Context, sum, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond } from '../lengths';
import { checkSequence, positionsOf } from './rows';
import { WindowPool } from './window-pool';

/** The mean of each channel in windows.   x: [batch, length, channels] → [batch, windows, channels]; a last, incomplete window is dropped. */
export class AvgPool1d extends WindowPool {
  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    return avgPool1d(clearBeyond(x, lengths), this);
  }
}

/**
 * The mean of each channel over the whole row.   x: [batch, length, channels] → [batch, channels]
 * Positions beyond a row's length do not count. A row of length 0 gives 0.
 */
export class GlobalMeanPool extends Layer {
  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkSequence('GlobalMeanPool', x);
    return sum(clearBeyond(x, lengths), 1).div(positionsOf(x, lengths));
  }

  override lengthsAfter(): undefined {
    return undefined;
  }
}

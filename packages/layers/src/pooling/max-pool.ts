import { type Context, max, maxPool1d, shapeError, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond, fillBeyond } from '../lengths';
import { checkSequence, LOWEST } from './rows';
import { WindowPool } from './window-pool';

/**
 * The largest activation of each channel over the whole row.   x: [batch, length, channels] → [batch, channels]
 * Positions beyond a row's length do not count. A row of length 0 has no largest one: `loader` refuses it, and here
 * it gives −3.4e38, which no loss survives unnoticed.
 */
export class GlobalMaxPool extends Layer {
  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    checkSequence('GlobalMaxPool', x);
    if (x.shape[1] === 0) throw shapeError('GlobalMaxPool', 'at least one position in each row', x.shape);
    return max(fillBeyond(x, lengths, LOWEST), 1);
  }

  override lengthsAfter(): undefined {
    return undefined;
  }
}

/** The largest activation in windows.   x: [batch, length, channels] → [batch, windows, channels]; a last, incomplete window is dropped. */
export class MaxPool1d extends WindowPool {
  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    return maxPool1d(clearBeyond(x, lengths), this);
  }
}

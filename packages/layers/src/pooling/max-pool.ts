import { type Context, max, maxPool1d, shapeError, type Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { clearBeyond, fillBeyond, windowsIn } from '../lengths';
import { ofWindows } from '../receptive-field';

/** Below every activation, and above −∞, which would make NaN of 0 · x. */
const LOWEST = -3.4028234663852886e38;

/**
 * The largest activation of each channel over the whole row.   x: [batch, length, channels] → [batch, channels]
 * Positions beyond a row's length do not count. A row of length 0 has no largest one: `loader` refuses it, and here
 * it gives −3.4e38, which no loss survives unnoticed.
 */
export class GlobalMaxPool extends Layer {
  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    if (x.shape.length !== 3) throw shapeError('GlobalMaxPool', 'input [batch, length, channels]', x.shape);
    if (x.shape[1] === 0) throw shapeError('GlobalMaxPool', 'at least one position in each row', x.shape);
    return max(fillBeyond(x, lengths, LOWEST), 1);
  }

  override lengthsAfter(): undefined {
    return undefined;
  }
}

/** The largest activation in windows.   x: [batch, length, channels] → [batch, windows, channels]; a last, incomplete window is dropped. */
export class MaxPool1d extends Layer {
  readonly width: number;
  readonly stride: number;

  /** `stride` is the distance between windows: the width unless said. */
  constructor({ width, stride = width }: { readonly width: number; readonly stride?: number }) {
    super();
    [this.width, this.stride] = [width, stride];
  }

  forward(x: Tensor, { lengths }: Context = {}): Tensor {
    return maxPool1d(clearBeyond(x, lengths), this);
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return windowsIn(lengths, { reach: this.width - 1, stride: this.stride });
  }

  override get receptiveField() {
    return ofWindows({ reach: this.width - 1, stride: this.stride });
  }
}

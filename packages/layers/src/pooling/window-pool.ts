import type { Tensor } from '@hairpin/tensors';
import { Layer } from '../layer';
import { windowsIn } from '../lengths';
import { ofWindows } from '../receptive-field';

/** The windows of a pool. */
export interface WindowPoolOptions {
  /** Positions in a window. */
  readonly width: number;
  /** Distance between windows: the width unless said. */
  readonly stride?: number;
}

/** What pools of windows have in common: their shape. */
export abstract class WindowPool extends Layer {
  readonly width: number;
  readonly stride: number;

  constructor({ width, stride = width }: WindowPoolOptions) {
    super();
    [this.width, this.stride] = [width, stride];
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return windowsIn(lengths, { reach: this.width - 1, stride: this.stride });
  }

  override get receptiveField() {
    return ofWindows({ reach: this.width - 1, stride: this.stride });
  }
}

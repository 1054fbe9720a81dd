import { relu, type Rng } from '@hairpin/tensors';
import { Dropout1d } from '../dropout';
import { Residual } from '../residual';
import { Sequential } from '../sequential';
import { Conv1d } from './conv1d';

/** Shape of a `TemporalBlock`. */
export interface TemporalBlockOptions {
  readonly in: number;
  readonly out: number;
  /** Positions under a filter. */
  readonly width: number;
  readonly rng: Rng;
  readonly dilation?: number;
  /** Share of channels that is dropped while training: 0 unless said. */
  readonly dropout?: number;
}

/**
 * The block of a temporal convolutional network: two causal convolutions, each with ReLU and dropout, and what goes past
 * them, by a convolution of width 1 where `in` and `out` differ (Bai et al. 2018, fig. 1b, without weight normalisation).
 * x: [batch, length, in] → [batch, length, out]
 */
export class TemporalBlock extends Sequential {
  constructor({ in: inputs, out, width, rng, dilation = 1, dropout = 0 }: TemporalBlockOptions) {
    const half = (from: number) => [
      new Conv1d({ in: from, out, width, dilation, padding: 'causal', rng }),
      relu,
      new Dropout1d(dropout),
    ];
    const shortcut = inputs === out ? undefined : new Conv1d({ in: inputs, out, width: 1, rng });
    super(new Residual(new Sequential(...half(inputs), ...half(out)), { shortcut }), relu);
  }
}

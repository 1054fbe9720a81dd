import { type Model, relu, type Padding, type Rng } from '@hairpin/tensors';
import { BatchNorm1d } from '../norm/batch-norm1d';
import { Residual } from '../residual';
import { Sequential } from '../sequential';
import type { Step } from '../step';
import { Conv1d } from './conv1d';

/** Shape of a `ResidualConv1d`. */
export interface ResidualConv1dOptions {
  readonly channels: number;
  /** Positions under a filter. */
  readonly width: number;
  readonly rng: Rng;
  readonly dilation?: number;
  /** `same` unless said: what goes past needs as many positions. */
  readonly padding?: Exclude<Padding, 'valid'>;
  /** `BatchNorm1d` unless said. */
  readonly norm?: (channels: number) => Step;
  /** `relu` unless said. */
  readonly activation?: Model;
}

/**
 * x + conv(φ(norm(conv(φ(norm(x)))))): nothing stands in the way of what goes past (He et al. 2016, Identity mappings,
 * fig. 4e), the block of SpliceAI (Jaganathan et al. 2019, fig. 1).   x: [batch, length, channels] → the same
 */
export class ResidualConv1d extends Residual {
  constructor({ channels, norm = batchNorm, activation = relu, ...options }: ResidualConv1dOptions) {
    const half = () => [
      norm(channels),
      activation,
      new Conv1d({ in: channels, out: channels, padding: 'same', ...options }),
    ];
    super(new Sequential(...half(), ...half()));
  }
}

const batchNorm = (channels: number): Step => new BatchNorm1d({ channels });

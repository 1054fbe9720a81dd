import { Sequential } from '../sequential';
import type { Step } from '../step';

/** How many blocks, and how far apart each looks. */
export interface DilatedStackOptions {
  readonly layers: number;
  /** 2^layer unless said, so that the receptive field grows with 2^layers, the number of weights with the layers. */
  readonly dilation?: (layer: number) => number;
}

/**
 * Blocks of growing dilation on top of each other (Yu & Koltun 2016):
 * `new DilatedStack((dilation) => new ResidualConv1d({ channels: 32, width: 3, dilation, rng }), { layers: 8 })`.
 */
export class DilatedStack extends Sequential {
  constructor(block: (dilation: number, layer: number) => Step, options: DilatedStackOptions) {
    const { layers, dilation = (layer) => 2 ** layer } = options;
    super(...Array.from({ length: layers }, (_, layer) => block(dilation(layer), layer)));
  }
}

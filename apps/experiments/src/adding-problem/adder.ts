import {
  chronoBias,
  GRU,
  type GRUCell,
  Layer,
  Linear,
  LSTM,
  type LSTMCell,
  type Recurrent,
  RNN,
} from '@hairpin/layers';
import type { Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** The nets that are compared. */
export const kinds = ['LSTM', 'GRU', 'RNN'] as const;
/** One of them. */
export type Kind = (typeof kinds)[number];

/** A net over the sequence, and a line through its last state.   x: [batch, length, 2] → [batch, 1] */
export class Adder extends Layer {
  readonly net: Recurrent;
  readonly head: Linear;

  constructor(kind: Kind, { hidden, length, rng }: { hidden: number; length: number; rng: Rng }) {
    super();
    this.net = new { LSTM, GRU, RNN }[kind]({ in: 2, hidden, rng: rng.fork('net') });
    this.head = new Linear({ in: hidden, out: 1, rng: rng.fork('head') });
    if (kind === 'RNN') return;
    const { biasIh } = this.net.layers[0].forward as unknown as LSTMCell | GRUCell;
    biasIh.assign(chronoBias(biasIh, { gates: kind === 'LSTM' ? 4 : 3, longest: length, rng: rng.fork('gates') }));
  }

  forward(x: Tensor): Tensor {
    return this.head.forward(this.net.last(this.net.run(x).state));
  }
}

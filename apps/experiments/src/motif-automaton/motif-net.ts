import { oneHotTensor } from '@hairpin/bio';
import { Layer, Linear, type Recurrent, RNN } from '@hairpin/layers';
import type { Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** [sequences, length, 4] */
export const lettersOf = (sequences: readonly string[]): Tensor =>
  oneHotTensor(sequences, { unknown: 'error', lowerCase: 'same' }).x;

/** h′ = tanh(W·x + U·h + b) over letters, and a line that says whether the motif was read.   x: [batch, length, 4] → [batch, length] */
export class MotifNet extends Layer {
  readonly net: Recurrent;
  readonly head: Linear;

  constructor({ hidden, rng }: { hidden: number; rng: Rng }) {
    super();
    this.net = new RNN({ in: 4, hidden, initial: 'learned', rng: rng.fork('net') });
    this.head = new Linear({ in: hidden, out: 1, rng: rng.fork('head') });
  }

  forward(x: Tensor): Tensor {
    return this.says(this.net.forward(x));
  }

  /** Above 0 where the motif was read.   states: [batch, length, hidden] → [batch, length] */
  says(states: Tensor): Tensor {
    return this.head.forward(states).reshape(states.shape.slice(0, 2));
  }
}

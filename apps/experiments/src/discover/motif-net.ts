import { Dropout, GlobalMaxPool, Layer, Linear, Sequential, StrandConv1d, StrandMax } from '@hairpin/layers';
import { type Context, relu, type Rng, type Tensor } from '@hairpin/tensors';
import type { ModelOptions } from './options';

/**
 * Filters over both strands, the best place of each anywhere in the sequence, and a weighing of what they found.
 * x: one-hot [batch, length, 4] → logits [batch]
 */
export class MotifNet extends Layer {
  readonly filters: StrandConv1d;
  readonly head: Sequential;

  constructor({ filters, width, hidden, dropout, rng }: ModelOptions & { rng: Rng }) {
    super();
    this.filters = new StrandConv1d({ out: filters, width, rng });
    const between = hidden > 0 ? [new Linear({ in: filters, out: hidden, rng }), relu] : [];
    const answer = new Linear({ in: hidden || filters, out: 1, rng });
    const best = [new GlobalMaxPool(), new StrandMax(), relu]; // ReLU last: it commutes with max, and here there is less of it
    this.head = new Sequential(...best, new Dropout(dropout), ...between, answer);
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const found = new Sequential(this.filters, this.head);
    return found.forward(x, context).reshape([-1]);
  }
}

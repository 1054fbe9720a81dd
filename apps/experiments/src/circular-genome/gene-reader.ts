import { Conv1d, GRU, Layer, Linear } from '@hairpin/layers';
import { type Context, relu, sigmoid, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/**
 * Says of each position whether it lies in a gene of the forward and of the reverse strand: filters that close round the circle,
 * a net that walks both ways, a line.   x: [batch, length, 4] → logits [batch, length, 2]
 */
export class GeneReader extends Layer {
  readonly filters: Conv1d;
  readonly net: GRU;
  readonly head: Linear;

  constructor({ filters, hidden, rng }: { filters: number; hidden: number; rng: Rng }) {
    super();
    this.filters = new Conv1d({ in: 4, out: filters, width: 9, padding: 'circular', rng: rng.fork('filters') });
    this.net = new GRU({ in: filters, hidden, direction: 'bidirectional', rng: rng.fork('net') });
    this.head = new Linear({ in: 2 * hidden, out: 2, rng: rng.fork('head') });
  }

  /** One lap, or as many as are said. */
  forward(x: Tensor, { laps = 1, ...context }: Context & { laps?: number } = {}): Tensor {
    return this.head.forward(this.net.run(this.seen(x, context), { laps, ...context }).y);
  }

  /** Laps until the state settles, the same wherever the circle is cut; probabilities in place of logits. */
  async settled(x: Tensor): Promise<{ coding: Tensor; laps: number }> {
    const { y, laps } = await this.net.runCircular(this.seen(x), { epsilon: 1e-6 });
    return { coding: sigmoid(this.head.forward(y)), laps };
  }

  private seen(x: Tensor, context?: Context): Tensor {
    return relu(this.filters.forward(x, context));
  }
}

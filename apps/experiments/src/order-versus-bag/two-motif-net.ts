import { Conv1d, GlobalMaxPool, GRU, Layer, Linear, type Recurrent } from '@hairpin/layers';
import { relu, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** How what filters see is summed up: by the largest value of each, or by a net that reads from left to right. */
export const kinds = ['CNN', 'RNN'] as const;
/** One of them. */
export type Kind = (typeof kinds)[number];

/** Sizes of a net; both kinds have the same filters. */
export interface NetOptions {
  readonly filters: number;
  /** Letters under a filter. */
  readonly width: number;
  /** Units of the RNN. */
  readonly hidden: number;
  readonly rng: Rng;
}

/** Filters, a summary of where they fire, and a line through it.   x: [batch, length, 4] → logits [batch, 1] */
export class TwoMotifNet extends Layer {
  readonly filters: Conv1d;
  readonly summary: Recurrent | GlobalMaxPool;
  readonly head: Linear;

  constructor(kind: Kind, { filters, width, hidden, rng }: NetOptions) {
    super();
    this.filters = new Conv1d({ in: 4, out: filters, width, padding: 'same', rng: rng.fork('filters') });
    this.summary = kind === 'CNN' ? new GlobalMaxPool() : new GRU({ in: filters, hidden, rng: rng.fork('summary') });
    this.head = new Linear({ in: kind === 'CNN' ? filters : hidden, out: 1, rng: rng.fork('head') });
  }

  /** What each filter sees at each position.   x: [batch, length, 4] → [batch, length, filters] */
  features(x: Tensor): Tensor {
    return relu(this.filters.forward(x));
  }

  /** What is left of the whole sequence.   x: [batch, length, 4] → [batch, filters or hidden] */
  summarize(x: Tensor): Tensor {
    const features = this.features(x);
    if (this.summary instanceof GlobalMaxPool) return this.summary.forward(features);
    return this.summary.last(this.summary.run(features).state);
  }

  forward(x: Tensor): Tensor {
    return this.head.forward(this.summarize(x));
  }
}

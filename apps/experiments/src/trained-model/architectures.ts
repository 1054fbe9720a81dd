import {
  Conv1d,
  Dropout,
  GlobalMaxPool,
  GRU,
  Layer,
  Linear,
  LSTM,
  MaxPool1d,
  type Recurrent,
  Sequential,
  type Step,
} from '@hairpin/layers';
import { type Context, relu, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/** Nets for sequences with one number each. */
export const architectures = ['cnn', 'lstm', 'gru', 'hybrid'] as const;
/** One of them. */
export type Architecture = (typeof architectures)[number];

/** Sizes of a net. */
export interface NetSizes {
  /** Filters of a convolution, and letters under each. */
  readonly filters: number;
  readonly width: number;
  /** Units of each direction of a recurrent net, or between the filters and the answer. */
  readonly hidden: number;
  /** Share of the units that is silenced at random in each step of training. */
  readonly dropout: number;
}

/** A net of one number for each sequence.   x: [batch, length, channels] → [batch] */
export interface SequenceNet extends Layer {
  forward(x: Tensor, context?: Context): Tensor;
}

/** An untrained net. @param channels letters of the alphabet */
export function sequenceNet(architecture: Architecture, sizes: NetSizes, channels: number, rng: Rng): SequenceNet {
  if (architecture === 'cnn') return new FilterNet(sizes, channels, rng);
  if (architecture === 'hybrid') return new HybridNet(sizes, channels, rng);
  return new RecurrentNet(recurrent(architecture, channels, sizes.hidden, rng.fork('net')), sizes, rng);
}

/** Filters, the best place of each anywhere in the sequence, and a weighing of what they found (Alipanahi et al. 2015). */
class FilterNet extends Layer implements SequenceNet {
  readonly body: Sequential;

  constructor({ filters, width, hidden, dropout }: NetSizes, channels: number, rng: Rng) {
    super();
    this.body = new Sequential(
      ...[filtersOf(filters, width, channels, rng), relu, new GlobalMaxPool(), new Dropout(dropout)],
      ...[new Linear({ in: filters, out: hidden, rng: rng.fork('hidden') }), relu],
      new Linear({ in: hidden, out: 1, rng: rng.fork('head') }),
    );
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    return this.body.forward(x, context).reshape([-1]);
  }
}

/** A walk from each end, and a line through where the two arrive. */
class RecurrentNet extends Layer implements SequenceNet {
  readonly head: Sequential;

  constructor(
    readonly net: Recurrent,
    { hidden, dropout }: NetSizes,
    rng: Rng,
  ) {
    super();
    this.head = new Sequential(new Dropout(dropout), new Linear({ in: 2 * hidden, out: 1, rng: rng.fork('head') }));
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const { lengths: _, ...whole } = context;
    return this.head.forward(this.net.last(this.net.run(x, context).state), whole).reshape([-1]);
  }
}

const POOLED = 4; // letters that one step of the walk stands for

/** Filters, the best of every four places, and a walk over these from each end (Quang & Xie 2016). */
class HybridNet extends Layer implements SequenceNet {
  readonly filters: Sequential;
  readonly walk: RecurrentNet;

  constructor(sizes: NetSizes, channels: number, rng: Rng) {
    super();
    const { filters, width, hidden } = sizes;
    this.filters = new Sequential(
      ...[filtersOf(filters, width, channels, rng), relu, new MaxPool1d({ width: POOLED })],
    );
    this.walk = new RecurrentNet(recurrent('lstm', filters, hidden, rng.fork('net')), sizes, rng);
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const { lengths, ...whole } = context;
    const left = lengths && this.filters.lengthsAfter(lengths);
    return this.walk.forward(this.filters.forward(x, context), left ? { ...whole, lengths: left } : whole);
  }
}

/** Windows hang over the ends, so that a sequence may be shorter than a filter. */
const filtersOf = (out: number, width: number, channels: number, rng: Rng): Step =>
  new Conv1d({ in: channels, out, width, padding: 'same', rng: rng.fork('filters') });

const recurrent = (cell: 'lstm' | 'gru', channels: number, hidden: number, rng: Rng): Recurrent =>
  new { lstm: LSTM, gru: GRU }[cell]({ in: channels, hidden, direction: 'bidirectional', rng });

/** Letters that a sequence must have at least. */
export const leastLetters = (architecture: Architecture): number => (architecture === 'hybrid' ? POOLED : 1);

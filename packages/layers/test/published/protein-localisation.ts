import {
  broadcastTo,
  concat,
  type Context,
  maxPool1d,
  type Parameter,
  parameter,
  permute,
  relu,
  reshape,
  Rng,
  type Tensor,
  zeros,
} from '@hairpin/tensors';
import { AdditiveAttention, Conv1d, Layer, Linear, LSTM, LSTMCell, type Mapping } from '../../src/index';

const CLASSES = 10;
const LENGTH = 400;
const rng = new Rng(1);

/** Names of `numpy.savez`: arrays `from` … `to` − 1. */
const arrays = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, k) => `arr_${from + k}`);

const flat = (x: Tensor): Tensor => reshape(x, [x.shape[0], x.size / x.shape[0]]);

/*
 * Where a protein goes, from its profile x [batch, 400, 20], zeros behind its end (Jurtz et al. 2017): four published
 * networks, each with logits [batch, 10] and the places of its parts in its file.
 */

/** All positions at once. */
export class FeedForward extends Layer {
  static readonly names: Mapping = { hidden: arrays(0, 2), out: arrays(2, 4) };
  readonly hidden = new Linear({ in: LENGTH * 20, out: 30, rng });
  readonly out = new Linear({ in: 30, out: CLASSES, rng });

  forward(x: Tensor): Tensor {
    return this.out.forward(relu(this.hidden.forward(flat(x))));
  }
}

/**
 * Convolutions over 3 and over 5 positions, and one over both; they read the padding, as those of the paper did.
 * x: [batch, length, 20] → [batch, length, 20]
 */
class Convolutions extends Layer {
  static readonly names: Mapping = { narrow: arrays(0, 2), wide: arrays(2, 4), both: arrays(4, 6) };
  readonly narrow = new Conv1d({ in: 20, out: 10, width: 3, padding: 'same', rng });
  readonly wide = new Conv1d({ in: 20, out: 10, width: 5, padding: 'same', rng });
  readonly both = new Conv1d({ in: 20, out: 20, width: 3, padding: 'same', rng });

  forward(x: Tensor): Tensor {
    return relu(this.both.forward(relu(concat([this.narrow.forward(x), this.wide.forward(x)], 2))));
  }
}

const below = (path: string, names: Mapping): Mapping =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [`${path}.${key}`, name]));

/** Convolutions, and the largest of every 5 positions. */
export class Convolutional extends Layer {
  static readonly names: Mapping = {
    ...below('conv', Convolutions.names),
    ...{ hidden: arrays(6, 8), out: arrays(8, 10) },
  };
  readonly conv = new Convolutions();
  readonly hidden = new Linear({ in: 20 * (LENGTH / 5), out: 30, rng });
  readonly out = new Linear({ in: 30, out: CLASSES, rng });

  forward(x: Tensor): Tensor {
    const pooled = maxPool1d(this.conv.forward(x), { width: 5 });
    return this.out.forward(relu(this.hidden.forward(flat(permute(pooled, [0, 2, 1])))));
  }
}

const bothWays = () =>
  new LSTM({ in: 20, hidden: 15, peepholes: true, direction: 'bidirectional', initial: 'learned', rng });

/** Convolutions, and where an LSTM ends that reads them both ways. */
export class ConvolutionalLSTM extends Layer {
  static readonly names: Mapping = {
    ...below('conv', Convolutions.names),
    ...{ lstm: arrays(6, 40), hidden: arrays(40, 42), out: arrays(42, 44) },
  };
  readonly conv = new Convolutions();
  readonly lstm = bothWays();
  readonly hidden = new Linear({ in: 30, out: 30, rng });
  readonly out = new Linear({ in: 30, out: CLASSES, rng });

  forward(x: Tensor, context: Context = {}): Tensor {
    const { state } = this.lstm.run(this.conv.forward(x), context);
    return this.out.forward(relu(this.hidden.forward(this.lstm.last(state))));
  }
}

/**
 * Looks twice at a sequence: an LSTM says where to look and reads what is seen (Sønderby et al. 2015).
 * x: [batch, length, 30] → the second look, [batch, 30]
 */
class TwoLooks extends Layer {
  static readonly names: Mapping = {
    // Lasagne's own decoder has four gates of W_hid and b, then of W_in, then the peepholes.
    cell: [
      ...[0, 1, 2, 3].flatMap((gate) => [48 + gate, 40 + 2 * gate, 41 + 2 * gate].map((n) => `arr_${n}`)),
      ...arrays(52, 55),
    ],
    ...{ attention: arrays(55, 58), firstC: 'arr_58', firstH: 'arr_59' },
  };
  readonly cell = new LSTMCell({ in: 30, hidden: 30, peepholes: true, rng });
  readonly attention = new AdditiveAttention({ query: 30, keys: 30, hidden: 15, rng });
  readonly firstC: Parameter = parameter(zeros([1, 30]));
  readonly firstH: Parameter = parameter(zeros([1, 30]));

  forward(x: Tensor, context: Context = {}): Tensor {
    const [batch] = x.shape;
    const look = (h: Tensor): Tensor =>
      this.attention.attend(h.reshape([batch, 1, 30]), x, x, context).reshape([batch, 30]);
    const [h, c] = [this.firstH, this.firstC].map((first) => broadcastTo(first, [batch, 30]));
    return look(this.cell.step({ h, c }, look(h)).h);
  }
}

/** Convolutions, an LSTM both ways, and two looks at all of its outputs. */
export class ConvolutionalLSTMAttention extends Layer {
  static readonly names: Mapping = {
    ...below('conv', Convolutions.names),
    ...below('looks', TwoLooks.names),
    ...{ lstm: arrays(6, 40), hidden: arrays(60, 62), out: arrays(62, 64) },
  };
  readonly conv = new Convolutions();
  readonly lstm = bothWays();
  readonly looks = new TwoLooks();
  readonly hidden = new Linear({ in: 30, out: 30, rng });
  readonly out = new Linear({ in: 30, out: CLASSES, rng });

  forward(x: Tensor, context: Context = {}): Tensor {
    const seen = this.looks.forward(this.lstm.forward(this.conv.forward(x), context), context);
    return this.out.forward(relu(this.hidden.forward(seen)));
  }
}

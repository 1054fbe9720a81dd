import { GRUCell, type GRUCellOptions } from '../cells/gru-cell';
import { LSTMCell, type LSTMCellOptions } from '../cells/lstm-cell';
import { RNNCell, type RNNCellOptions } from '../cells/rnn-cell';
import type { MakeCell } from './make-layers';
import { Recurrent, type RecurrentOptions } from './recurrent';

/** `RNNCell`s over sequences.   x: [batch, length, in] → [batch, length, directions · hidden] */
export class RNN extends Recurrent {
  constructor(options: RNNCellOptions & RecurrentOptions) {
    super((inputs) => new RNNCell({ ...options, in: inputs }), options);
  }
}

/** `LSTMCell`s over sequences.   x: [batch, length, in] → [batch, length, directions · hidden] */
export class LSTM extends Recurrent {
  constructor(options: LSTMCellOptions & RecurrentOptions) {
    super((inputs) => new LSTMCell({ ...options, in: inputs }), options);
  }
}

/** `GRUCell`s over sequences.   x: [batch, length, in] → [batch, length, directions · hidden] */
export class GRU extends Recurrent {
  constructor(options: GRUCellOptions & RecurrentOptions) {
    super((inputs) => new GRUCell({ ...options, in: inputs }), options);
  }
}

/**
 * Layer l looks back 2^l steps, so that a few layers see far (Chang et al. 2017).
 * x: [batch, length, in] → [batch, length, hidden]
 */
export class DilatedRNN extends Recurrent {
  constructor(cell: MakeCell, options: Omit<RecurrentOptions, 'direction' | 'dilation'> & { readonly in: number }) {
    super(cell, { ...options, dilation: (layer) => 2 ** layer });
  }
}

import {
  DilatedRNN,
  GRU,
  GRUCell,
  HierarchicalRNN,
  LeakyIntegrator,
  LSTM,
  LSTMCell,
  MinGRUCell,
  MinLSTMCell,
  Recurrent,
  RNN,
} from '../../src/index';
import type { Cases } from './case';

/** Recurrent nets. */
export const recurrent = {
  Recurrent: [
    {
      of: (rng) => new Recurrent(new LeakyIntegrator({ in: 3, hidden: 4, rng })),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) =>
        new Recurrent((inputs) => new MinLSTMCell({ in: inputs, hidden: 3, rng }), {
          ...{ in: 2, layers: 2, direction: 'bidirectional', initial: 'learned', laps: 2 },
        }),
      ...{ input: [3, 5, 2], output: [3, 5, 6], lengths: [5, 2, 3], lengthsAfter: [5, 2, 3] },
    },
    {
      of: (rng) => new Recurrent(new MinGRUCell({ in: 1, hidden: 1, rng }), { direction: 'reverse' }),
      ...{ input: [1, 1, 1], output: [1, 1, 1], lengths: [1], lengthsAfter: [1] },
    },
    {
      of: (rng) =>
        new Recurrent(
          new LSTMCell({ in: 2, hidden: 3, rng, ...{ peepholes: true, tiedGates: true, diagonal: true } }),
          { truncate: 2 },
        ),
      ...{ input: [3, 5, 2], output: [3, 5, 3], lengths: [5, 1, 4], lengthsAfter: [5, 1, 4] },
    },
  ],
  RNN: [
    {
      of: (rng) => new RNN({ in: 3, hidden: 4, rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new RNN({ in: 2, hidden: 3, nonlinearity: 'relu', rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new RNN({ in: 2, hidden: 1, nonlinearity: 'identity', rng }), input: [1, 3, 2], output: [1, 3, 1] },
    { of: (rng) => new RNN({ in: 1, hidden: 1, layers: 3, rng }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
  LSTM: [
    {
      of: (rng) => new LSTM({ in: 3, hidden: 4, layers: 2, direction: 'bidirectional', rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 8], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new LSTM({ in: 2, hidden: 3, peepholes: true, rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new LSTM({ in: 1, hidden: 1, rng }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
  GRU: [
    {
      of: (rng) => new GRU({ in: 3, hidden: 4, direction: 'reverse', rng }),
      ...{ input: [3, 6, 3], output: [3, 6, 4], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new GRU({ in: 2, hidden: 3, reset: 'before', rng }), input: [2, 4, 2], output: [2, 4, 3] },
    { of: (rng) => new GRU({ in: 1, hidden: 1, rng }), input: [1, 2, 1], output: [1, 2, 1] }, // one step reads no state
  ],
  DilatedRNN: [
    {
      of: (rng) => new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 3, rng }), { in: 2, layers: 3 }),
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 1, 6], lengthsAfter: [7, 1, 6] },
    },
    {
      of: (rng) =>
        new DilatedRNN((inputs) => new LSTMCell({ in: inputs, hidden: 2, rng }), {
          ...{ in: 1, layers: 2, initial: 'learned', truncate: 3 },
        }),
      ...{ input: [2, 8, 1], output: [2, 8, 2] },
    },
    {
      of: (rng) => new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 2, rng }), { in: 2 }),
      ...{ input: [1, 3, 2], output: [1, 3, 2] },
    },
  ],
  HierarchicalRNN: [
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new GRU({ in: 2, hidden: 3, direction: 'bidirectional', rng }),
          ...{ upper: new LSTM({ in: 6, hidden: 4, rng }), chunk: 3 },
        }),
      ...{ input: [3, 8, 2], output: [3, 3, 4], lengths: [8, 1, 6], lengthsAfter: [3, 1, 2] },
    },
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new DilatedRNN((inputs) => new GRUCell({ in: inputs, hidden: 2, rng }), { in: 1, layers: 2 }),
          ...{ upper: new GRU({ in: 2, hidden: 2, rng }), chunk: 4 },
        }),
      ...{ input: [2, 8, 1], output: [2, 2, 2], lengths: [8, 3], lengthsAfter: [2, 1] },
    },
    {
      of: (rng) =>
        new HierarchicalRNN({
          lower: new RNN({ in: 1, hidden: 2, rng }),
          ...{ upper: new RNN({ in: 2, hidden: 1, rng }), chunk: 2 },
        }),
      ...{ input: [1, 3, 1], output: [1, 2, 1] },
    },
  ],
} satisfies Cases;

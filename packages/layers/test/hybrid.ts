import { AttentionPool, Conv1d, Linear, LSTM, MultiHeadAttention, Sequential } from '../src/index';
import type { Case } from './cases';

/** Convolution, a bidirectional net, attention and a head: rows of unequal lengths. */
export const hybrid: readonly (readonly [string, Case])[] = [
  [
    'convolution → bidirectional LSTM → attention → pool',
    {
      of: (rng) =>
        new Sequential(
          new Conv1d({ in: 4, out: 6, width: 3, rng }),
          new LSTM({ in: 6, hidden: 4, direction: 'bidirectional', rng }),
          new MultiHeadAttention({ embed: 8, heads: 2, rng }),
          new AttentionPool({ in: 8, hidden: 5, gated: true, rng }),
          new Linear({ in: 8, out: 2, rng }),
        ),
      ...{ input: [4, 12, 4], output: [4, 2], lengths: [12, 3, 7, 9] },
    },
  ],
];

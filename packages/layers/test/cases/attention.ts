import { AdditiveAttention, AttentionPool, LearnedPositions, MultiHeadAttention } from '../../src/index';
import type { Cases } from './case';

/** Attention. */
export const attention = {
  AdditiveAttention: [
    {
      of: (rng) => new AdditiveAttention({ query: 2, keys: 2, hidden: 3, rng }),
      ...{ input: [3, 4, 2], output: [3, 4, 2], lengths: [4, 0, 3], lengthsAfter: [4, 0, 3] },
    },
    { of: (rng) => new AdditiveAttention({ query: 1, keys: 1, hidden: 1, rng }), input: [1, 3, 1], output: [1, 3, 1] },
    { of: (rng) => new AdditiveAttention({ query: 3, keys: 3, hidden: 5, rng }), input: [2, 2, 3], output: [2, 2, 3] },
  ],
  AttentionPool: [
    {
      of: (rng) => new AttentionPool({ in: 3, hidden: 4, gated: true, rng }),
      ...{ input: [3, 5, 3], output: [3, 3], lengths: [5, 0, 3] },
    },
    { of: (rng) => new AttentionPool({ in: 2, hidden: 3, rng }), input: [2, 4, 2], output: [2, 2], lengths: [2, 4] },
    { of: (rng) => new AttentionPool({ in: 1, rng }), input: [1, 3, 1], output: [1, 1] },
  ],
  LearnedPositions: [
    {
      of: (rng) => new LearnedPositions({ length: 7, channels: 2, rng }),
      ...{ input: [3, 5, 2], output: [3, 5, 2], lengths: [5, 0, 3], lengthsAfter: [5, 0, 3] },
    },
    { of: (rng) => new LearnedPositions({ length: 3, channels: 4, rng }), input: [2, 3, 4], output: [2, 3, 4] },
    { of: (rng) => new LearnedPositions({ length: 1, channels: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  MultiHeadAttention: [
    {
      of: (rng) => new MultiHeadAttention({ embed: 4, heads: 2, rng }),
      ...{ input: [3, 5, 4], output: [3, 5, 4], lengths: [5, 0, 3], lengthsAfter: [5, 0, 3] },
    },
    {
      of: (rng) => new MultiHeadAttention({ embed: 4, heads: 1, causal: true, rotary: true, bias: false, rng }),
      ...{ input: [2, 4, 4], output: [2, 4, 4], lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    {
      of: (rng) => new MultiHeadAttention({ embed: 6, heads: 3, form: 'blocked', rng }),
      ...{ input: [2, 4, 6], output: [2, 4, 6], lengths: [4, 3], lengthsAfter: [4, 3] },
    },
  ],
} satisfies Cases;

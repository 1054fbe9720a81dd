import { relu, tanh } from '@hairpin/tensors';
import { Conv1d, ConvTranspose1d, DilatedStack, ResidualConv1d, SeparableConv1d, TemporalBlock } from '../../src/index';
import type { Cases } from './case';

/** Convolutions. */
export const convolution = {
  Conv1d: [
    {
      ...{ of: (rng) => new Conv1d({ in: 4, out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 3] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) => new Conv1d({ in: 4, out: 2, width: 4, padding: 'same', stride: 2, rng }),
      ...{ input: [3, 9, 4], output: [3, 5, 2], lengths: [9, 1, 6], lengthsAfter: [5, 1, 3] },
    },
    {
      of: (rng) => new Conv1d({ in: 4, out: 6, width: 3, padding: 'causal', dilation: 2, groups: 2, rng }),
      ...{ input: [2, 7, 4], output: [2, 7, 6], lengths: [7, 2], lengthsAfter: [7, 2] },
    },
    {
      of: (rng) => new Conv1d({ in: 2, out: 3, width: 6, padding: 'circular', rng }), // wider than the second row is long
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 2, 5], lengthsAfter: [7, 2, 5] },
    },
    {
      of: (rng) => new Conv1d({ in: 2, out: 3, width: 2, stride: 3, rng }),
      ...{ input: [3, 9, 2], output: [3, 3, 3], lengths: [9, 4, 2], lengthsAfter: [3, 1, 1] },
    },
  ],
  ConvTranspose1d: [
    {
      ...{ of: (rng) => new ConvTranspose1d({ in: 3, out: 2, width: 3, stride: 2, rng }), input: [3, 4, 3] },
      ...{ output: [3, 9, 2], lengths: [4, 1, 3], lengthsAfter: [9, 3, 7] },
    },
    {
      of: (rng) => new ConvTranspose1d({ in: 4, out: 2, width: 2, dilation: 2, groups: 2, bias: false, rng }),
      ...{ input: [2, 3, 4], output: [2, 5, 2] },
    },
    { of: (rng) => new ConvTranspose1d({ in: 1, out: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  SeparableConv1d: [
    {
      ...{ of: (rng) => new SeparableConv1d({ in: 4, out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 3] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) =>
        new SeparableConv1d({ ...{ in: 2, out: 3, width: 3, multiplier: 2, padding: 'circular', bias: false, rng } }),
      ...{ input: [2, 7, 2], output: [2, 7, 3], lengths: [7, 4], lengthsAfter: [7, 4] },
    },
    { of: (rng) => new SeparableConv1d({ in: 1, out: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  ResidualConv1d: [
    {
      of: (rng) => new ResidualConv1d({ channels: 3, width: 3, dilation: 2, rng }),
      ...{ input: [3, 9, 3], output: [3, 9, 3], lengths: [9, 2, 5], lengthsAfter: [9, 2, 5] },
    },
    {
      of: (rng) =>
        new ResidualConv1d({
          ...{ channels: 2, width: 3, padding: 'circular', norm: () => tanh, rng },
        }),
      ...{ input: [2, 5, 2], output: [2, 5, 2], lengths: [5, 3], lengthsAfter: [5, 3] },
    },
    { of: (rng) => new ResidualConv1d({ channels: 1, width: 1, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  TemporalBlock: [
    {
      of: (rng) => new TemporalBlock({ in: 2, out: 3, width: 2, dilation: 2, dropout: 0.1, rng }),
      ...{ input: [3, 7, 2], output: [3, 7, 3], lengths: [7, 1, 4], lengthsAfter: [7, 1, 4] },
    },
    { of: (rng) => new TemporalBlock({ in: 3, out: 3, width: 2, rng }), input: [2, 5, 3], output: [2, 5, 3] },
    { of: (rng) => new TemporalBlock({ in: 1, out: 2, width: 3, rng }), input: [2, 2, 1], output: [2, 2, 2] },
  ],
  DilatedStack: [
    {
      of: (rng) =>
        new DilatedStack((dilation) => new TemporalBlock({ in: 2, out: 2, width: 2, dilation, rng }), { layers: 2 }),
      ...{ input: [3, 8, 2], output: [3, 8, 2], lengths: [8, 1, 5], lengthsAfter: [8, 1, 5] },
    },
    {
      of: (rng) =>
        new DilatedStack((dilation) => new Conv1d({ in: 1, out: 1, width: 3, dilation, rng }), {
          ...{ layers: 2, dilation: (layer: number) => 3 ** layer },
        }),
      ...{ input: [2, 10, 1], output: [2, 2, 1], lengths: [10, 9], lengthsAfter: [2, 1] },
    },
    { of: () => new DilatedStack(() => relu, { layers: 0 }), input: [1, 2, 1], output: [1, 2, 1] },
  ],
} satisfies Cases;

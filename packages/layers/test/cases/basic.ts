import { relu, tanh } from '@hairpin/tensors';
import {
  AvgPool1d,
  Conv1d,
  Dropout,
  Dropout1d,
  Embedding,
  GlobalMaxPool,
  GlobalMeanPool,
  GLU,
  Highway,
  Linear,
  MaxPool1d,
  Parallel,
  Residual,
  Sequential,
} from '../../src/index';
import type { Cases } from './case';

/** Layers that look at each position by itself, and those that put layers together. */
export const basic = {
  Linear: [
    { of: (rng) => new Linear({ in: 5, out: 3, rng }), input: [4, 5], output: [4, 3] },
    { of: (rng) => new Linear({ in: 1, out: 1, rng }), input: [1, 1], output: [1, 1] },
    {
      ...{ of: (rng) => new Linear({ in: 4, out: 3, rng }), input: [3, 6, 4], output: [3, 6, 3] },
      ...{ lengths: [6, 1, 3], lengthsAfter: [6, 1, 3] },
    },
  ],
  Embedding: [
    {
      ...{ of: (rng) => new Embedding({ tokens: 5, out: 3, rng }), tokens: 5, input: [3, 6], output: [3, 6, 3] },
      ...{ lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    { of: (rng) => new Embedding({ tokens: 4, out: 2, padding: 0, rng }), tokens: 4, input: [7], output: [7, 2] },
    { of: (rng) => new Embedding({ tokens: 1, out: 1, rng }), tokens: 1, input: [1, 1], output: [1, 1, 1] },
  ],
  GLU: [
    {
      ...{ of: () => new GLU(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new GLU(), input: [3, 2], output: [3, 1] },
    { of: () => new GLU(), input: [0, 6], output: [0, 3] },
  ],
  Highway: [
    {
      ...{ of: (rng) => new Highway({ channels: 3, rng }), input: [3, 5, 3], output: [3, 5, 3] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: (rng) => new Highway({ channels: 2, activation: tanh, gateBias: 0, rng }), input: [4, 2], output: [4, 2] },
    { of: (rng) => new Highway({ channels: 1, activation: tanh, rng }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  Dropout: [
    {
      ...{ of: () => new Dropout(0.5), input: [2, 4, 3], output: [2, 4, 3] },
      ...{ lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    { of: () => new Dropout(0), input: [5], output: [5] },
    { of: () => new Dropout(0.9), input: [0, 3], output: [0, 3] },
  ],
  Dropout1d: [
    {
      ...{ of: () => new Dropout1d(0.5), input: [2, 4, 3], output: [2, 4, 3] },
      ...{ lengths: [4, 2], lengthsAfter: [4, 2] },
    },
    { of: () => new Dropout1d(0), input: [1, 1, 1], output: [1, 1, 1] },
    { of: () => new Dropout1d(0.9), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  Sequential: [
    {
      of: (rng) =>
        new Sequential(
          new Conv1d({ in: 4, out: 5, width: 3, rng }),
          relu,
          new MaxPool1d({ width: 2 }),
          new Conv1d({ in: 5, out: 4, width: 3, padding: 'same', rng }),
          new GlobalMaxPool(),
          new Linear({ in: 4, out: 2, rng }),
        ),
      ...{ input: [3, 12, 4], output: [3, 2], lengths: [12, 4, 7] },
    },
    { of: () => new Sequential(), input: [2, 3, 1], output: [2, 3, 1], lengths: [1, 3], lengthsAfter: [1, 3] },
    { of: (rng) => new Sequential(new Linear({ in: 2, out: 2, rng }), relu), input: [3, 2], output: [3, 2] },
  ],
  Residual: [
    {
      of: (rng) => new Residual(new Conv1d({ in: 3, out: 3, width: 3, padding: 'same', rng })),
      ...{ input: [3, 6, 3], output: [3, 6, 3], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) =>
        new Residual(new Conv1d({ in: 2, out: 4, width: 3, stride: 2, rng }), {
          shortcut: new Sequential(
            new AvgPool1d({ width: 3, stride: 2 }),
            new Conv1d({ in: 2, out: 4, width: 1, rng }),
          ),
        }),
      ...{ input: [2, 7, 2], output: [2, 3, 4], lengths: [7, 5], lengthsAfter: [3, 2] },
    },
    { of: () => new Residual(tanh), input: [4, 2], output: [4, 2] },
  ],
  Parallel: [
    {
      of: (rng) => new Parallel([3, 5].map((width) => new Conv1d({ in: 2, out: width, width, padding: 'same', rng }))),
      ...{ input: [3, 6, 2], output: [3, 6, 8], lengths: [6, 1, 4], lengthsAfter: [6, 1, 4] },
    },
    {
      of: (rng) => new Parallel([new Linear({ in: 2, out: 2, rng }), relu], { join: 'sum' }),
      input: [3, 2],
      output: [3, 2],
    },
    {
      of: () => new Parallel([new GlobalMaxPool(), new GlobalMeanPool()]),
      input: [2, 5, 3],
      output: [2, 6],
      lengths: [5, 2],
    },
  ],
} satisfies Cases;

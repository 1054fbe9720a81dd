import { AvgPool1d, GlobalLogSumExpPool, GlobalMaxPool, GlobalMeanPool, KMaxPool, MaxPool1d } from '../../src/index';
import type { Cases } from './case';

/** Pools. */
export const pooling = {
  GlobalMaxPool: [
    { of: () => new GlobalMaxPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalMaxPool(), input: [1, 1, 1], output: [1, 1] },
    { of: () => new GlobalMaxPool(), input: [2, 5, 3], output: [2, 3], lengths: [2, 5] },
  ],
  MaxPool1d: [
    {
      ...{ of: () => new MaxPool1d({ width: 2 }), input: [3, 7, 2], output: [3, 3, 2] },
      ...{ lengths: [7, 2, 5], lengthsAfter: [3, 1, 2] },
    },
    {
      ...{ of: () => new MaxPool1d({ width: 3, stride: 1 }), input: [2, 6, 2], output: [2, 4, 2] },
      ...{ lengths: [6, 4], lengthsAfter: [4, 2] },
    },
    { of: () => new MaxPool1d({ width: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  GlobalMeanPool: [
    { of: () => new GlobalMeanPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalMeanPool(), input: [1, 1, 1], output: [1, 1] },
    { of: () => new GlobalMeanPool(), input: [2, 0, 3], output: [2, 3] },
  ],
  AvgPool1d: [
    {
      ...{ of: () => new AvgPool1d({ width: 2 }), input: [3, 7, 2], output: [3, 3, 2] },
      ...{ lengths: [7, 2, 5], lengthsAfter: [3, 1, 2] },
    },
    {
      ...{ of: () => new AvgPool1d({ width: 3, stride: 1 }), input: [2, 6, 2], output: [2, 4, 2] },
      ...{ lengths: [6, 4], lengthsAfter: [4, 2] },
    },
    { of: () => new AvgPool1d({ width: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
  GlobalLogSumExpPool: [
    { of: () => new GlobalLogSumExpPool(), input: [3, 6, 2], output: [3, 2], lengths: [6, 1, 4] },
    { of: () => new GlobalLogSumExpPool({ temperature: 0.01 }), input: [2, 3, 1], output: [2, 1], lengths: [2, 3] },
    { of: () => new GlobalLogSumExpPool({ temperature: 100 }), input: [1, 1, 3], output: [1, 3] },
  ],
  KMaxPool: [
    { of: () => new KMaxPool({ k: 2 }), input: [3, 6, 2], output: [3, 2, 2], lengths: [6, 1, 4] },
    { of: () => new KMaxPool({ k: 3 }), input: [2, 2, 1], output: [2, 3, 1], lengths: [2, 1] },
    { of: () => new KMaxPool({ k: 1 }), input: [1, 1, 1], output: [1, 1, 1] },
  ],
} satisfies Cases;

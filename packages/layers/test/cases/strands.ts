import { tanh } from '@hairpin/tensors';
import {
  BatchNorm1d,
  Conv1d,
  EachStrand,
  GlobalMaxPool,
  RCConv1d,
  Sequential,
  StrandConv1d,
  StrandMax,
  StrandMean,
} from '../../src/index';
import type { Cases } from './case';

/** Layers that know both strands. */
export const strands = {
  RCConv1d: [
    {
      ...{ of: (rng) => new RCConv1d({ in: 4, out: 6, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 6] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    {
      of: (rng) => new RCConv1d({ in: 6, out: 4, width: 3, padding: 'circular', rng }),
      ...{ input: [2, 5, 6], output: [2, 5, 4], lengths: [5, 2], lengthsAfter: [5, 2] },
    },
    {
      of: (rng) => new RCConv1d({ in: 2, out: 2, width: 2, dilation: 2, padding: 'same', bias: false, rng }),
      ...{ input: [2, 4, 2], output: [2, 4, 2], lengths: [4, 3], lengthsAfter: [4, 3] },
    },
  ],
  EachStrand: [
    {
      of: (rng) => new EachStrand(new Sequential(new Conv1d({ in: 2, out: 3, width: 2, rng }), tanh)),
      ...{ input: [3, 5, 4], output: [3, 4, 6], lengths: [5, 2, 4], lengthsAfter: [4, 1, 3] },
    },
    { of: () => new EachStrand(new BatchNorm1d({ channels: 2 })), input: [2, 3, 4], output: [2, 3, 4] },
    { of: () => new EachStrand(new GlobalMaxPool()), input: [2, 3, 2], output: [2, 2], lengths: [3, 1] },
  ],
  StrandMean: [
    {
      ...{ of: () => new StrandMean(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new StrandMean(), input: [3, 2], output: [3, 1] },
    { of: () => new StrandMean(), input: [0, 6], output: [0, 3] },
  ],
  StrandConv1d: [
    {
      ...{ of: (rng) => new StrandConv1d({ out: 3, width: 3, rng }), input: [3, 8, 4], output: [3, 6, 6] },
      ...{ lengths: [8, 3, 5], lengthsAfter: [6, 1, 3] },
    },
    { of: (rng) => new StrandConv1d({ out: 1, width: 1, rng }), input: [1, 1, 4], output: [1, 1, 2] },
    { of: (rng) => new StrandConv1d({ out: 2, width: 4, rng }), input: [2, 4, 4], output: [2, 1, 4] },
  ],
  StrandMax: [
    {
      ...{ of: () => new StrandMax(), input: [2, 3, 4], output: [2, 3, 2] },
      ...{ lengths: [3, 1], lengthsAfter: [3, 1] },
    },
    { of: () => new StrandMax(), input: [3, 2], output: [3, 1] },
    { of: () => new StrandMax(), input: [0, 6], output: [0, 3] },
  ],
} satisfies Cases;

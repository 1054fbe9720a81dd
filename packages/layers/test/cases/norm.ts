import { BatchNorm1d, GroupNorm, InstanceNorm1d, LayerNorm, RMSNorm } from '../../src/index';
import type { Cases } from './case';

/** Norms. */
export const norm = {
  LayerNorm: [
    {
      ...{ of: () => new LayerNorm({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new LayerNorm({ channels: 7, eps: 0.1 }), input: [2, 7], output: [2, 7] },
    { of: () => new LayerNorm({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  RMSNorm: [
    {
      ...{ of: () => new RMSNorm({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new RMSNorm({ channels: 1, eps: 0.1 }), input: [2, 1], output: [2, 1] },
    { of: () => new RMSNorm({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  BatchNorm1d: [
    {
      ...{ of: () => new BatchNorm1d({ channels: 4 }), input: [3, 5, 4], output: [3, 5, 4] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new BatchNorm1d({ channels: 2, statistics: 'frozen' }), input: [3, 2], output: [3, 2] },
    { of: () => new BatchNorm1d({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
  GroupNorm: [
    {
      ...{ of: () => new GroupNorm({ channels: 6, groups: 2 }), input: [3, 5, 6], output: [3, 5, 6] },
      ...{ lengths: [5, 1, 3], lengthsAfter: [5, 1, 3] },
    },
    { of: () => new GroupNorm({ channels: 3, groups: 1, eps: 0.1 }), input: [2, 1, 3], output: [2, 1, 3] },
    { of: () => new GroupNorm({ channels: 4, groups: 4 }), input: [0, 2, 4], output: [0, 2, 4] },
  ],
  InstanceNorm1d: [
    {
      ...{ of: () => new InstanceNorm1d({ channels: 2 }), input: [3, 5, 2], output: [3, 5, 2] },
      ...{ lengths: [5, 2, 3], lengthsAfter: [5, 2, 3] },
    },
    { of: () => new InstanceNorm1d({ channels: 1 }), input: [1, 7, 1], output: [1, 7, 1] },
    { of: () => new InstanceNorm1d({ channels: 3 }), input: [0, 2, 3], output: [0, 2, 3] },
  ],
} satisfies Cases;

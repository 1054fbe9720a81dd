import { grad, relu, Rng, sum, type Tensor, ones, sigmoid } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  Conv1d,
  DilatedStack,
  GlobalMaxPool,
  GRU,
  HierarchicalRNN,
  Linear,
  MaxPool1d,
  Parallel,
  receptiveField,
  ResidualConv1d,
  Sequential,
  TemporalBlock,
} from '../src/index';
import { checkEnds, checkSupport } from './receptive-field';

const rng = new Rng(1);
const conv = (width: number, options = {}) => new Conv1d({ in: 1, out: 1, width, rng, ...options });

describe('the receptive field', () => {
  it('of convolution, pool and convolution, by hand', () => {
    const stack = new Sequential(conv(3), relu, new MaxPool1d({ width: 2 }), conv(3, { padding: 'same' }));
    expect(receptiveField(stack)).toEqual({ size: 8, stride: 2, offset: -2 });
  });

  it('of SpliceAI-10k is 10 000 letters and the one in the middle (Jaganathan et al. 2019)', () => {
    const widths = [11, 11, 21, 41];
    const dilations = [1, 4, 10, 25];
    const groups = widths.map(
      (width, g) =>
        new DilatedStack((dilation) => new ResidualConv1d({ channels: 1, width, dilation, rng }), {
          ...{ layers: 4, dilation: () => dilations[g] },
        }),
    );
    expect(receptiveField(new Sequential(...groups))).toEqual({ size: 10_001, stride: 1, offset: -5000 });
  });

  it('of a temporal convolutional network is 1 + 2(width − 1)(2^layers − 1), all of it before (Bai et al. 2018)', () => {
    const block = (dilation: number) => new TemporalBlock({ in: 1, out: 1, width: 3, dilation, rng });
    expect(receptiveField(new DilatedStack(block, { layers: 5 }))).toEqual({ size: 125, stride: 1, offset: -124 });
  });

  it('is one position of functions and of layers by position, and has no end where all is seen', () => {
    expect(receptiveField(sigmoid)).toEqual({ size: 1, stride: 1, offset: 0 });
    expect(receptiveField(new Linear({ in: 1, out: 1, rng }))).toEqual({ size: 1, stride: 1, offset: 0 });
    for (const whole of [new GlobalMaxPool(), new GRU({ in: 1, hidden: 1, rng })])
      expect(receptiveField(new Sequential(conv(3, { stride: 2 }), whole, relu))).toEqual({
        ...{ size: Infinity, stride: 2, offset: -Infinity },
      });
    const net = new GRU({ in: 1, hidden: 1, rng });
    expect(receptiveField(new HierarchicalRNN({ lower: net, upper: net, chunk: 5 })).stride).toBe(5);
  });

  it('goes around a circle', async () => {
    const layer = conv(5, { padding: 'circular' });
    layer.weight.assign(ones([1, 1, 5]));
    const { size, offset } = receptiveField(layer);
    const at = (x: Tensor) => sum(layer.forward(x).slice([0, 1], [1, 2]));
    const dx = Array.from(await grad(at)(ones([1, 9, 1])).data());
    const seen = Array.from({ length: size }, (_, i) => (1 + offset + i + 9) % 9);
    expect(dx.map((g, i) => (g > 0 ? i : -1)).filter((i) => i >= 0)).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('is an error for branches of different strides', () => {
    const layer = new Parallel([conv(2, { stride: 2 }), conv(3)]);
    expect(() => receptiveField(layer)).toThrow('branches of strides 2, 1 do not join');
  });

  it('is where the gradient of an output is not 0, for random stacks', () => checkSupport(100));
  it('is cut off at the ends, for random stacks', () => checkEnds(50));
});

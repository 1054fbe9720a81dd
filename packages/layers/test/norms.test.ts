import { full, mean, normal, realize, Rng, square, sub, tensor, type Tensor, trainable } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { BatchNorm1d, GroupNorm, InstanceNorm1d, LayerNorm, RMSNorm } from '../src/index';
import { draw64, rows, same } from './support';

const list = async (cell: { data(): Promise<ArrayLike<number>> }) => Array.from(await cell.data());

describe('LayerNorm', () => {
  it('is (x − mean) / sd over the channels, by hand', async () => {
    const y = new LayerNorm({ channels: 2, eps: 0 }).forward(tensor([[1, 5]])); // mean 3, sd 2
    assertClose(await y.data(), [-1, 1], 1e-6);
  });

  it('gives the bias for constant channels', async () => {
    expect(await list(new LayerNorm({ channels: 2 }).forward(full([1, 2], 7)))).toEqual([0, 0]);
  });

  it('says which input it wants', () => {
    const layer = new LayerNorm({ channels: 3 });
    expect(() => layer.forward(full([1, 4], 0))).toThrow('LayerNorm: expected input [..., 3], got [1, 4]');
  });
});

describe('RMSNorm', () => {
  it('is x / √mean(x²), by hand', async () => {
    const layer = new RMSNorm({ channels: 2, eps: 0 });
    layer.weight.assign(tensor([10, 1]));
    assertClose(await layer.forward(tensor([[1, 7]])).data(), [2, 1.4], 1e-6); // √((1 + 49) / 2) = 5
  });

  it('keeps its output when the input grows', async () => {
    const [layer, x] = [new RMSNorm({ channels: 8, eps: 0 }), normal(new Rng(1), [3, 8])];
    await same(layer.forward(x.mul(1000)), layer.forward(x), 1e-6);
  });
});

describe('BatchNorm1d', () => {
  const x = tensor([
    [[1], [3]],
    [[8], [NaN]],
  ]); // the last position lies beyond its row
  const lengths = rows([2, 1]);

  it('takes statistics over the positions of all rows, and not beyond', async () => {
    const layer = new BatchNorm1d({ channels: 1, eps: 0 });
    const y = layer.forward(x, { training: true, lengths });
    const [mean, sd] = [4, Math.sqrt((9 + 1 + 16) / 3)];
    assertClose((await list(y)).slice(0, 3), [-3 / sd, -1 / sd, 4 / sd], 1e-6);
    assertClose(await layer.runningMean.data(), [0.1 * mean], 1e-6);
    assertClose(await layer.runningVar.data(), [0.9 + 0.1 * 13], 1e-6); // unbiased: 26 / 2
  });

  it('has the gradient of differences, by way of the statistics too', async () => {
    const layer = new BatchNorm1d({ channels: 2, dtype: 'f64' });
    const f = ({ x }: { x: Tensor }) => layer.forward(x, { training: true, lengths: rows([4, 2, 3]) });
    await checkGradient(f, { x: draw64(2, [3, 4, 2]), ...trainable(layer.parameters()) });
  });

  it('moves nothing outside training, or when it is frozen', async () => {
    const layers = [new BatchNorm1d({ channels: 1 }), new BatchNorm1d({ channels: 1, statistics: 'frozen' })];
    const contexts = [{ lengths }, { lengths, training: true }];
    for (const [i, layer] of layers.entries()) {
      const y = layer.forward(x, contexts[i]);
      assertClose((await list(y)).slice(0, 3), [1, 3, 8], 1e-5); // mean 0, variance 1 + eps
      expect([await list(layer.runningMean), await list(layer.runningVar)]).toEqual([[0], [1]]);
      expect(layer.runningMean.version).toBe(0);
    }
  });

  it('comes by its running statistics to what many batches have in common', async () => {
    const [layer, rng] = [new BatchNorm1d({ channels: 2 }), new Rng(3)];
    for (let i = 0; i < 100; i++) {
      layer.forward(normal(rng, [64, 4, 2], 5, 3), { training: true });
      await realize(layer.runningMean, layer.runningVar);
    }
    // 0.1 of each new batch of 256: a standard error of 3·√(0.1/1.9/256) ≈ 0.04 of the mean, 0.18 of the variance
    (await list(layer.runningMean)).forEach((m) => expect(Math.abs(m - 5)).toBeLessThan(0.2));
    (await list(layer.runningVar)).forEach((v) => expect(Math.abs(v - 9)).toBeLessThan(0.9));
  });

  it('survives a batch of fillers', async () => {
    const layer = new BatchNorm1d({ channels: 1 });
    layer.forward(x, { training: true, lengths: rows([0, 0]) });
    expect(Number.isFinite(await layer.runningVar.item())).toBe(true);
  });

  it('is an error without positions to train on', () => {
    const layer = new BatchNorm1d({ channels: 1 });
    expect(() => layer.forward(full([0, 1], 1), { training: true })).toThrow('at least one position');
  });

  it('has buffers in its parameters', () => {
    const layer = new BatchNorm1d({ channels: 1 });
    expect(Object.keys(layer.parameters())).toEqual(['weight', 'bias', 'runningMean', 'runningVar']);
    expect(layer.runningVar.isTrainable).toBe(false);
  });
});

describe('GroupNorm and InstanceNorm1d', () => {
  const x = normal(new Rng(4), [2, 9, 4]);

  it('of one group have mean 0 and variance 1 in each row', async () => {
    const y = new GroupNorm({ channels: 4, groups: 1, eps: 0 }).forward(x);
    const average = mean(y, [1, 2], { keepDims: true });
    assertClose(await average.data(), [0, 0], 1e-6);
    assertClose(await mean(square(sub(y, average)), [1, 2]).data(), [1, 1], 1e-6);
  });

  it('of as many groups as channels is InstanceNorm1d', async () => {
    const [group, instance] = [new GroupNorm({ channels: 4, groups: 4 }), new InstanceNorm1d({ channels: 4 })];
    await same(instance.forward(x), group.forward(x), 0);
    assertClose(await mean(instance.forward(x), 1).data(), new Array<number>(8).fill(0), 1e-6);
  });

  it('have groups that divide the channels', () => {
    expect(() => new GroupNorm({ channels: 4, groups: 3 })).toThrow('channels that 3 groups divide');
  });
});

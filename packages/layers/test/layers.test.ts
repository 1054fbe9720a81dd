import { flip, full, normal, Rng, sum, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  Conv1d,
  Dropout,
  GlobalMaxPool,
  glorotUniform,
  heNormal,
  Linear,
  Sequential,
  StrandConv1d,
  StrandMax,
} from '../src/index';
import { distance } from './contracts';

const rng = () => new Rng(5);

describe('Linear', () => {
  it('is x·Wᵀ + b, by hand', async () => {
    const layer = new Linear({ in: 2, out: 1, rng: rng() });
    layer.weight.assign(tensor([[2, -1]]));
    layer.bias.assign(tensor([0.5]));
    expect(Array.from(await layer.forward(tensor([[3, 4]])).data())).toEqual([2.5]);
  });

  it('begins with zeros when asked', async () => {
    const layer = new Linear({ in: 3, out: 2, zero: true, rng: rng() });
    expect(Array.from(await layer.forward(full([1, 3], 7)).data())).toEqual([0, 0]);
  });

  it('says which input it wants', () => {
    const layer = new Linear({ in: 3, out: 2, rng: rng() });
    expect(() => layer.forward(full([1, 4], 0))).toThrow('Linear: expected input [..., 3], got [1, 4]');
  });
});

describe('Conv1d', () => {
  it('does not flip the kernel, by hand', async () => {
    const layer = new Conv1d({ in: 1, out: 1, width: 2, rng: rng() });
    layer.weight.assign(tensor([[[10, 1]]]));
    layer.bias!.assign(tensor([0]));
    const y = layer.forward(tensor([[[1], [2], [3]]]));
    expect(Array.from(await y.data())).toEqual([12, 23]);
  });

  it('closes each row to a circle of its own length', async () => {
    const layer = new Conv1d({ in: 1, out: 1, width: 3, padding: 'circular', rng: rng() });
    layer.weight.assign(tensor([[[100, 10, 1]]]));
    layer.bias!.assign(tensor([0]));
    const y = layer.forward(tensor([[[1], [2], [3], [9]]]), { lengths: tensor(Int32Array.of(3)) });
    expect(Array.from(await y.data()).slice(0, 3)).toEqual([312, 123, 231]);
  });
});

describe('StrandConv1d and StrandMax', () => {
  const layer = new StrandConv1d({ out: 4, width: 5, rng: rng() });
  const x = normal(rng(), [3, 12, 4]);
  const otherStrand = flip(x, [1, 2]); // A C G T backwards are the complements

  it('give the other strand the same numbers backwards, in positions and channels', async () => {
    const [here, there] = [layer.forward(x), layer.forward(otherStrand)];
    expect(distance(await flip(there, [1, 2]).data(), await here.data())).toBeLessThan(1e-6);
  });

  it('find in either strand what they find in the other', async () => {
    const net = new Sequential(layer, new GlobalMaxPool(), new StrandMax());
    expect(distance(await net.forward(otherStrand).data(), await net.forward(x).data())).toBeLessThan(1e-6);
  });

  it('are for two strands', () => {
    expect(() => new StrandMax().forward(full([2, 3], 0))).toThrow('StrandMax: expected channels of two strands');
  });
});

describe('GlobalMaxPool', () => {
  it('looks at negative activations too, and not beyond the length', async () => {
    const y = new GlobalMaxPool().forward(tensor([[[-3], [-2], [5]]]), { lengths: tensor(Int32Array.of(2)) });
    expect(Array.from(await y.data())).toEqual([-2]);
  });

  it('is an error without positions', () => {
    expect(() => new GlobalMaxPool().forward(full([2, 0, 3], 0))).toThrow('at least one position');
  });

  it('turns a row of length 0 into a number that no loss survives', async () => {
    const y = new GlobalMaxPool().forward(full([1, 2, 1], 1), { lengths: tensor(Int32Array.of(0)) });
    expect(Number.isFinite(Math.fround((await y.item()) ** 2))).toBe(false);
  });
});

describe('Dropout', () => {
  const x = full([100, 100], 1);

  it('keeps the mean and drops its share', async () => {
    const y = await new Dropout(0.25).forward(x, { training: true, rng: rng() }).data();
    expect(y.filter((value) => value === 0).length / y.length).toBeCloseTo(0.25, 1); // 5 standard errors are 0.02
    expect((await sum(new Dropout(0.25).forward(x, { training: true, rng: rng() })).item()) / 1e4).toBeCloseTo(1, 1);
  });

  it('lets everything pass when not training', async () => {
    expect(await new Dropout(0.5).forward(x).data()).toEqual(await x.data());
  });

  it('asks for a generator', () => {
    expect(() => new Dropout(0.5).forward(x, { training: true })).toThrow('context.rng');
    expect(() => new Dropout(1)).toThrow('below 1');
  });
});

describe('Sequential', () => {
  it('names its parameters by place, a shared one once', () => {
    const shared = new Linear({ in: 2, out: 2, rng: rng() });
    expect(Object.keys(new Sequential(shared, shared).parameters())).toEqual(['layers.0.weight', 'layers.0.bias']);
  });

  it('does not hand lengths to what comes after pooling', async () => {
    const model = new Sequential(new GlobalMaxPool(), new Linear({ in: 2, out: 1, rng: rng() }));
    const lengths = tensor(Int32Array.of(2, 3));
    expect(model.forward(full([2, 3, 2], 1), { lengths }).shape).toEqual([2, 1]);
    expect(model.lengthsAfter(lengths)).toBeUndefined();
  });
});

describe('initial values', () => {
  const std = async (values: ArrayLike<number>) =>
    Math.sqrt(Array.from(values).reduce((s, v) => s + v * v, 0) / values.length);

  it('have the spread that their papers say', async () => {
    expect(await std(await glorotUniform(rng(), [60, 40]).data())).toBeCloseTo(Math.sqrt(2 / 100), 2);
    expect(await std(await heNormal(rng(), [50, 10, 4]).data())).toBeCloseTo(Math.sqrt(2 / 40), 2);
  });
});

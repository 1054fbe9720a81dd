import { describe, expect, it } from 'vitest';
import { buffer, parameter, type Parameter, parameters, realize, tensor, trainable } from '../src/index';

const weight = (...values: number[]): Parameter => parameter(tensor(values));

describe('a parameter', () => {
  it('counts its versions and keeps old ones for who read them', async () => {
    const w = weight(1, 2);
    const before = w.read();
    w.assign(w.mul(10));
    const between = w.read();
    w.assign(w.add(1));
    expect(w.version).toBe(2);
    const read = await Promise.all([before, between, w].map(async (x) => [...(await x.data())]));
    expect(read).toEqual([
      [1, 2],
      [10, 20],
      [11, 21],
    ]);
  });

  it('does not follow the tensor that it was made of', async () => {
    const initial = tensor([1]);
    const w = parameter(initial);
    await realize(w);
    initial.dispose();
    expect([...(await w.data())]).toEqual([1]);
  });

  it('has the shape, the dtype and the methods of its tensor', async () => {
    const w = parameter(tensor([[1, 2, 3]], { dtype: 'i32' }));
    expect([w.shape, w.dtype]).toEqual([[1, 3], 'i32']);
    expect(await w.sum().item()).toBe(6);
  });

  it('takes another value only of its own shape and dtype', () => {
    expect(() => weight(1).assign(tensor([1, 2]))).toThrow('Parameter.assign: expected a f32 tensor of shape [1]');
    expect(() => weight(1).assign(tensor([1], { dtype: 'i32' }))).toThrow('got Tensor(i32[1])');
  });
});

describe('parameters()', () => {
  class Layer {
    readonly name = 'layer';
    readonly constant = tensor([1]);
    readonly table = new Float32Array(3);
    constructor(readonly weight: Parameter) {}
  }

  it('walks fields, arrays and records, in order', () => {
    const [a, b, c] = [weight(1), weight(2), weight(3)];
    const model = { layers: [new Layer(a), { inner: new Layer(b) }], head: { bias: c }, none: null, maybe: undefined };
    expect(parameters(model)).toEqual({ 'layers.0.weight': a, 'layers.1.inner.weight': b, 'head.bias': c });
    expect(Object.keys(parameters(model))).toEqual(['layers.0.weight', 'layers.1.inner.weight', 'head.bias']);
  });

  it('lists a shared one once, under its first path', () => {
    const shared = weight(1);
    const found = parameters({ encoder: new Layer(shared), decoder: { again: new Layer(shared), and: shared } });
    expect(Object.entries(found)).toEqual([['encoder.weight', shared]]);
  });

  it('lists buffers too, and `trainable` leaves them out', () => {
    const [w, mean] = [weight(1), buffer(tensor([0]))];
    const found = parameters({ norm: { w, mean } });
    expect(found).toEqual({ 'norm.w': w, 'norm.mean': mean });
    expect(trainable(found)).toEqual({ 'norm.w': w });
  });

  it('goes round in circles once', () => {
    const model: Record<string, unknown> = { w: weight(1) };
    model.self = model;
    expect(Object.keys(parameters(model))).toEqual(['w']);
  });

  it('sees what was added after the last walk', () => {
    const model: { layers: Layer[] } = { layers: [] };
    expect(parameters(model)).toEqual({});
    model.layers.push(new Layer(weight(1)));
    expect(Object.keys(parameters(model))).toEqual(['layers.0.weight']);
  });
});

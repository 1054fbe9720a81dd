import { normal, Rng, tensor, type Tensor } from '@hairpin/tensors';
import { type FileArray, readSafetensors, writeSafetensors } from '@hairpin/tensors/files';
import { assertClose, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { GRU, loadWeights, LSTM, LSTMCell, MinGRUCell, pytorchNames, Recurrent, RNN } from '../src/index';
import { asTensor, exact, golden, hasData, type Values } from './data';
import { goldenNet, stateFrom } from './golden';
import { netRng } from './support';

const f64 = { dtype: 'f64', rng: netRng() } as const;

/** PyTorch's rows [gates · hidden, …] as Keras' kernel [in, gates · hidden], gates in another order. */
function kernel({ shape: [count, width], data }: Values, order: readonly number[]): Values {
  const hidden = count / order.length;
  const row = (column: number) => order[Math.floor(column / hidden)] * hidden + (column % hidden);
  const at = (i: number) => data[row(i % count) * width + Math.floor(i / count)];
  return { shape: [width, count], data: data.map((_, i) => at(i)) };
}

const bias = (values: Values, order: readonly number[]): number[] =>
  kernel({ shape: [values.shape[0], 1], data: values.data }, order).data;

/** A layer of a PyTorch file as Keras would have saved it. */
function kerasLayer(file: Record<string, Values>, kind: string, suffix: string, prefix = ''): Record<string, Values> {
  const order = { gru: [1, 0, 2], lstm: [0, 1, 2, 3], rnn_tanh: [0] }[kind]!; // z, r, h of r, z, n
  const of = (name: string) => file[`param.${name}_${suffix}`];
  const [ih, hh] = [bias(of('bias_ih'), order), bias(of('bias_hh'), order)];
  const both =
    kind === 'gru'
      ? { shape: [2, ih.length], data: [...ih, ...hh] }
      : { shape: [ih.length], data: ih.map((b, i) => b + hh[i]) };
  return {
    [`${prefix}kernel`]: kernel(of('weight_ih'), order),
    [`${prefix}recurrent_kernel`]: kernel(of('weight_hh'), order),
    [`${prefix}bias`]: both,
  };
}

const run = (file: Record<string, Values>, net: Recurrent): Tensor => {
  const [x, h, c] = ['x', 'h0', 'c0'].map((key) => file[key] && asTensor(file[key], exact));
  return net.run(x, { state: stateFrom(net, c ? { h, c } : { h }) }).y;
};

describe.skipIf(!hasData)('Keras', () => {
  it.each(['gru', 'lstm', 'rnn_tanh'])('%s, both directions and two layers', async (kind) => {
    const name = `${kind}_3x7x4x5_l2_bi`;
    const file = golden(name);
    const net = goldenNet(name, exact);
    for (const layer of [0, 1]) {
      const forward = kerasLayer(file, kind, `l${layer}`, 'model/forward/');
      const backward = kerasLayer(file, kind, `l${layer}_reverse`, 'model/backward/');
      loadWeights(net, { ...forward, ...backward }, { layout: 'keras', prefix: 'model/', layer });
    }
    assertClose(await run(file, net).data(), file.y.data, 1e-10);
  });

  it.each(['gru', 'lstm', 'rnn_tanh'])('%s, one layer and direction, without a prefix', async (kind) => {
    const name = `${kind}_3x7x4x5_l1`;
    const net = goldenNet(name, exact);
    loadWeights(net, kerasLayer(golden(name), kind, 'l0'), { layout: 'keras' });
    assertClose(await run(golden(name), net).data(), golden(name).y.data, 1e-10);
  });
});

describe('Keras', () => {
  it('has one bias for a GRU that resets before the product', async () => {
    const net = new GRU({ in: 1, hidden: 1, reset: 'before', ...f64 });
    const array = (shape: number[], ...data: number[]) => ({ shape, data });
    const kernels = { kernel: array([1, 3], 1, 2, 3), recurrent_kernel: array([1, 3], 4, 5, 6) };
    loadWeights(net, { ...kernels, bias: array([3], 7, 8, 9) }, { layout: 'keras' });
    const [ih, hh, b, zero] = await Promise.all(Object.values(net.parameters()).map((p) => p.data()));
    expect([...ih, ...hh]).toEqual([2, 1, 3, 5, 4, 6]);
    expect([...b, ...zero]).toEqual([8, 7, 9, 0, 0, 0]);
    const two = array([2, 3], 1, 2, 3, 4, 5, 6);
    expect(() => loadWeights(net, { ...kernels, bias: two }, { layout: 'keras' })).toThrow('"bias" [3], got [2, 3]');
  });
});

describe('PyTorch', () => {
  const net = () => new LSTM({ in: 2, hidden: 3, layers: 2, direction: 'bidirectional', rng: new Rng(4) });

  it('names a net as torch.nn.LSTM does', () => {
    expect(Object.keys(pytorchNames(net()))).toEqual(
      ['l0', 'l0_reverse', 'l1', 'l1_reverse'].flatMap((suffix) =>
        ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((name) => `${name}_${suffix}`),
      ),
    );
    expect(pytorchNames(net()).weight_ih_l1_reverse.shape).toEqual([12, 6]);
  });

  it('reads what it wrote, through a safetensors file', async () => {
    const [from, to] = [net(), new LSTM({ in: 2, hidden: 3, layers: 2, direction: 'bidirectional', rng: new Rng(5) })];
    const named = Object.entries(pytorchNames(from)).map(async ([name, parameter]) => {
      const data = Float32Array.from(await parameter.data());
      return [`encoder.${name}`, { dtype: 'f32', shape: [...parameter.shape], data }] satisfies [string, FileArray];
    });
    const { tensors } = readSafetensors(writeSafetensors(Object.fromEntries(await Promise.all(named))));
    loadWeights(to, { ...tensors, 'head.weight': { shape: [1], data: [0] } }, { prefix: 'encoder.' });
    const x = normal(new Rng(6), [2, 5, 2]);
    expect(distance(await to.forward(x).data(), await from.forward(x).data())).toBe(0);
  });

  it('widens halves', async () => {
    const rnn = new RNN({ in: 1, hidden: 1, rng: netRng() });
    const half = (bits: number, ...shape: number[]) => ({ dtype: 'f16' as const, shape, data: Uint16Array.of(bits) });
    const bfloat = { dtype: 'bf16' as const, shape: [1, 1], data: Uint16Array.of(0xc000) };
    const biases = { bias_ih_l0: half(0x3800, 1), bias_hh_l0: half(0, 1) };
    loadWeights(rnn, { weight_ih_l0: half(0x3c00, 1, 1), weight_hh_l0: bfloat, ...biases });
    const values = await Promise.all(Object.values(rnn.parameters()).map((p) => p.item()));
    expect(values).toEqual([1, -2, 0.5, 0]);
  });

  it('fills biases with zeros for a net that has none', async () => {
    const rnn = new RNN({ in: 1, hidden: 1, rng: netRng() });
    const weights = { weight_ih_l0: tensor([[2]]), weight_hh_l0: tensor([[3]]) };
    loadWeights(rnn, weights, { bias: false });
    const values = await Promise.all(Object.values(rnn.parameters()).map((p) => p.item()));
    expect(values).toEqual([2, 3, 0, 0]);
    expect(() => loadWeights(rnn, weights)).toThrow('loadWeights: missing bias_ih_l0, bias_hh_l0');
  });

  it('says which tensor does not fit, is missing or left over, and changes nothing then', async () => {
    const rnn = new RNN({ in: 2, hidden: 1, rng: netRng() });
    const before = await rnn.forward(normal(new Rng(1), [1, 3, 2])).data();
    const good = {
      weight_ih_l0: tensor([[1, 2]]),
      weight_hh_l0: tensor([[3]]),
      bias_ih_l0: tensor([4]),
      bias_hh_l0: tensor([5]),
    };
    expect(() => loadWeights(rnn, { ...good, bias_hh_l0: tensor([[5]]) })).toThrow('"bias_hh_l0" [1], got [1, 1]');
    const { weight_hh_l0: _, ...rest } = good;
    expect(() => loadWeights(rnn, { ...rest, weight_hr_l0: tensor([1]) })).toThrow(
      'loadWeights: missing weight_hh_l0 (nearest: weight_hr_l0); left over weight_hr_l0',
    );
    expect(() => loadWeights(rnn, good, { prefix: 'rnn.' })).toThrow('missing rnn.weight_ih_l0');
    expect(await rnn.forward(normal(new Rng(1), [1, 3, 2])).data()).toEqual(before);
  });

  it('has not every cell', () => {
    const of = (cell: ConstructorParameters<typeof Recurrent>[0]) => () => pytorchNames(new Recurrent(cell));
    const lstm = (kind: object) => new LSTMCell({ in: 1, hidden: 1, rng: netRng(), ...kind });
    expect(of(new MinGRUCell({ in: 1, hidden: 1, rng: netRng() }))).toThrow('the layout pytorch has no MinGRUCell');
    expect(of(lstm({ tiedGates: true }))).toThrow('tied gates');
    expect(of(lstm({ peepholes: true }))).toThrow('peepholes');
    expect(of(lstm({ diagonal: true }))).toThrow('diagonal');
    expect(of(lstm({ sigmoidCandidate: true }))).toThrow('sigmoid candidate');
    expect(() => pytorchNames(new GRU({ in: 1, hidden: 1, reset: 'before', rng: netRng() }))).toThrow('before');
  });
});

describe('ONNX', () => {
  it('has peepholes, in the order i, o, f', async () => {
    const net = new LSTM({ in: 1, hidden: 2, peepholes: true, ...f64 });
    const zeros = (...shape: number[]) => ({ shape, data: Array<number>(shape.reduce((a, b) => a * b)).fill(0) });
    const P = { shape: [1, 6], data: [1, 2, 3, 4, 5, 6] };
    loadWeights(net, { W: zeros(1, 8, 1), R: zeros(1, 8, 2), B: zeros(1, 16), P }, { layout: 'onnx' });
    const { peepholeI, peepholeF, peepholeO } = net.layers[0].forward as unknown as LSTMCell;
    const values = await Promise.all([peepholeI!, peepholeF!, peepholeO!].map((p) => p.data()));
    expect(values.map((data) => [...data])).toEqual([[1, 2], [5, 6], [3, 4]]); // prettier-ignore
  });

  it('fills one layer of several', async () => {
    const net = new RNN({ in: 1, hidden: 1, layers: 2, ...f64 });
    const one = (value: number, ...shape: number[]) => ({ shape, data: Array<number>(shape.at(-1)!).fill(value) });
    loadWeights(net, { W: one(7, 1, 1, 1), R: one(8, 1, 1, 1), B: one(9, 1, 2) }, { layout: 'onnx', layer: 1 });
    const second = Object.entries(net.parameters()).filter(([path]) => path.startsWith('layers.1.'));
    expect(await Promise.all(second.map(([, p]) => p.item()))).toEqual([7, 8, 9, 9]);
    expect(() => loadWeights(net, {}, { layout: 'onnx', layer: 2 })).toThrow('2 layers, and no layer 2');
  });
});

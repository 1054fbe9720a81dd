import { parameter, Rng, tensor, type Tensor, zeros } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  BatchNorm1d,
  Conv1d,
  GRU,
  Layer,
  LayerNorm,
  Linear,
  loadWeights,
  LSTM,
  pytorchNames,
  RNN,
  Sequential,
} from '../src/index';
import { f64, netRng } from './support';

const rng = netRng();
const array = (shape: number[], ...data: number[]) => ({ shape, data });

/** A convolution, a norm and a head in fields of their own. */
class Net extends Layer {
  readonly conv = new Conv1d({ in: 1, out: 2, width: 2, rng });
  readonly norm = new BatchNorm1d({ channels: 2 });
  readonly head = new Linear({ in: 2, out: 1, rng });

  forward(x: Tensor): Tensor {
    return this.head.forward(this.norm.forward(this.conv.forward(x)));
  }
}

const valuesOf = async (layer: Layer) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(layer.parameters()).map(async ([path, p]) => [path, Array.from(await p.data())] as const),
    ),
  );

const expected = {
  ...{ 'conv.weight': [1, 2, 3, 4], 'conv.bias': [5, 6], 'norm.weight': [7, 8], 'norm.bias': [9, 10] },
  ...{ 'norm.runningMean': [11, 12], 'norm.runningVar': [13, 14], 'head.weight': [15, 16], 'head.bias': [17] },
};

describe('loadWeights by layout', () => {
  it("takes PyTorch's names, and does without its count of batches", async () => {
    const net = new Net();
    const file = {
      ...{ 'conv.weight': array([2, 1, 2], 1, 2, 3, 4), 'conv.bias': array([2], 5, 6) },
      ...{ 'norm.weight': array([2], 7, 8), 'norm.bias': array([2], 9, 10), 'norm.running_mean': array([2], 11, 12) },
      ...{ 'norm.running_var': array([2], 13, 14), 'norm.num_batches_tracked': array([], 3) },
      ...{ 'head.weight': array([1, 2], 15, 16), 'head.bias': array([1], 17) },
    };
    loadWeights(net, file);
    expect(await valuesOf(net)).toEqual(expected);
  });

  it("turns Keras' kernels, and takes its names with or without :0", async () => {
    const net = new Net();
    const file = {
      ...{ 'conv1d/kernel:0': array([2, 1, 2], 1, 3, 2, 4), 'conv1d/bias:0': array([2], 5, 6) },
      ...{ 'bn/gamma:0': array([2], 7, 8), 'bn/beta:0': array([2], 9, 10) },
      ...{ 'bn/moving_mean:0': array([2], 11, 12), 'bn/moving_variance:0': array([2], 13, 14) },
      ...{ 'dense/kernel': array([2, 1], 15, 16), 'dense/bias': array([1], 17) },
    };
    loadWeights(net, file, { layout: 'keras', mapping: { conv: 'conv1d', norm: 'bn', head: 'dense' } });
    expect(await valuesOf(net)).toEqual(expected);
  });

  it("reads Lasagne's convolutions from their end, and names arrays by number", async () => {
    const net = new Sequential(new Conv1d({ in: 1, out: 1, width: 3, rng }), new Linear({ in: 1, out: 2, rng }));
    const file = { arr_0: array([1, 1, 3], 3, 2, 1), arr_1: array([1], 4), arr_2: array([1, 2], 5, 6), arr_3: array([2], 7, 8) }; // prettier-ignore
    const mapping = { 'layers.0': ['arr_0', 'arr_1'], 'layers.1': ['arr_2', 'arr_3'] };
    loadWeights(net, file, { layout: 'lasagne', mapping });
    expect(Object.values(await valuesOf(net))).toEqual([[1, 2, 3], [4], [5, 6], [7, 8]]);
    const short = { ...mapping, 'layers.0': ['arr_0'] };
    expect(() => loadWeights(net, file, { layout: 'lasagne', mapping: short })).toThrow(
      'expected 2 names for "layers.0" (W, b), got 1',
    );
  });

  it("puts Lasagne's gates and peepholes into rows, and its start where the net starts", async () => {
    const net = new LSTM({ in: 1, hidden: 1, peepholes: true, initial: 'learned', ...f64 });
    const names = Array.from({ length: 17 }, (_, k) => `arr_${k}`);
    const shapes = [...Array.from({ length: 4 }, () => [[1, 1], [1, 1], [1]]).flat(), [1], [1], [1], [1, 1], [1, 1]];
    const file = Object.fromEntries(names.map((name, k) => [name, array(shapes[k], k + 1)]));
    loadWeights(net, file, { layout: 'lasagne', mapping: { '': names } });
    const cell = 'layers.0.forward.';
    expect(await valuesOf(net)).toEqual({
      ...{ [`${cell}weightIh`]: [1, 4, 7, 10], [`${cell}weightHh`]: [2, 5, 8, 11] },
      ...{ [`${cell}biasIh`]: [3, 6, 9, 12], [`${cell}biasHh`]: [0, 0, 0, 0] },
      ...{ [`${cell}peepholeI`]: [13], [`${cell}peepholeF`]: [14], [`${cell}peepholeO`]: [15] },
      'initial.value': [17, 16], // h, then c
    });
    const zero = new LSTM({ in: 1, hidden: 1, peepholes: true, ...f64 });
    expect(() => loadWeights(zero, file, { layout: 'lasagne' })).toThrow("make it with initial: 'learned'");
    expect(() =>
      loadWeights(new GRU({ in: 1, hidden: 1, initial: 'learned', ...f64 }), {}, { layout: 'lasagne' }),
    ).toThrow('the layout lasagne has no GRUCell');
  });

  it('fills the cells of a net one by one, where Keras has a layer for each', async () => {
    const net = new RNN({ in: 1, hidden: 1, layers: 2, ...f64 });
    const cell = (path: string, ...[w, u, b]: number[]) => ({
      ...{ [`${path}/kernel:0`]: array([1, 1], w), [`${path}/recurrent_kernel:0`]: array([1, 1], u) },
      [`${path}/bias:0`]: array([1], b),
    });
    const mapping = { 'layers.0.forward': 'rnn/cell', 'layers.1.forward': 'rnn_1/cell' };
    loadWeights(net, { ...cell('rnn/cell', 1, 2, 3), ...cell('rnn_1/cell', 4, 5, 6) }, { layout: 'keras', mapping });
    expect(Object.values(await valuesOf(net))).toEqual([[1], [2], [3], [0], [4], [5], [6], [0]]);
  });

  it('numbers the layers of a Sequential as PyTorch does', () => {
    const net = new Sequential(new Linear({ in: 1, out: 1, rng }), new LayerNorm({ channels: 1 }), new GRU({ in: 1, hidden: 1, rng })); // prettier-ignore
    const gru = ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0'].map((name) => `2.${name}`);
    expect(Object.keys(pytorchNames(net))).toEqual(['0.weight', '0.bias', '1.weight', '1.bias', ...gru]);
  });
});

describe('loadWeights by mapping', () => {
  it('fills parameters of any layer by name, and a bias that a file lacks with zeros', async () => {
    class Own extends Layer {
      readonly scale = parameter(zeros([2]));
      readonly linear = new Linear({ in: 1, out: 2, rng });

      forward(x: Tensor): Tensor {
        return this.linear.forward(x).mul(this.scale);
      }
    }
    const own = new Own();
    const mapping = { scale: 'gamma', 'linear.weight': 'w', 'linear.bias': null };
    loadWeights(own, { gamma: tensor([1, 2]), w: tensor([[3], [4]]) }, { layout: 'hairpin', mapping });
    expect(await valuesOf(own)).toEqual({ scale: [1, 2], 'linear.weight': [3, 4], 'linear.bias': [0, 0] });
  });

  it('says everything at once that is missing, left over or of another shape, with the nearest names', async () => {
    const net = new Net();
    const before = await valuesOf(net);
    const file = {
      ...{ 'conv.weights': array([2, 1, 2], 1, 2, 3, 4), 'conv.bias': array([3], 5, 6, 7) },
      ...{ 'norm.weight': array([2], 7, 8), 'norm.bias': array([2, 1], 9, 10), 'norm.running_mean': array([2], 1, 1) },
      ...{ 'norm.running_var': array([2], 1, 1), 'head.weight': array([1, 2], 1, 1), other: array([1], 1) },
    };
    expect(() => loadWeights(net, file)).toThrow(
      'loadWeights: missing conv.weight (nearest: conv.weights), head.bias; left over conv.weights, other; ' +
        'expected "conv.bias" [2], got [3]; expected "norm.bias" [2], got [2, 1]',
    );
    expect(await valuesOf(net)).toEqual(before);
  });

  it('says which paths of a mapping lead nowhere', () => {
    const mapping = { conv: 'a', convs: 'b', 'head.weight.x': 'c' };
    expect(() => loadWeights(new Net(), {}, { mapping })).toThrow(
      'loadWeights: the mapping has convs, head.weight.x, and the model has nothing there',
    );
  });

  it('does not list hundreds of names', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`x${k}`, array([1], k)]));
    expect(() => loadWeights(new Linear({ in: 1, out: 1, rng: new Rng(1) }), many)).toThrow(/x11 and 88 more$/);
  });
});

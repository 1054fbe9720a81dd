import { concat, full, grad, normal, type Parameter, relu, Rng, sum, tensor, zeros } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import {
  Conv1d,
  ConvTranspose1d,
  Dropout1d,
  Embedding,
  GLU,
  Highway,
  Linear,
  MaxPool1d,
  Parallel,
  Residual,
  ResidualConv1d,
  SeparableConv1d,
  TemporalBlock,
} from '../src/index';
import { rows, same } from './support';

const rng = () => new Rng(5);
const list = async (cell: { data(): Promise<ArrayLike<number>> }) => Array.from(await cell.data());

describe('Residual', () => {
  it('adds its input to what the layer gives', async () => {
    const layer = new Linear({ in: 3, out: 3, rng: rng() });
    const x = normal(rng(), [2, 3]);
    await same(new Residual(layer).forward(x), layer.forward(x).add(x), 0);
  });

  it('clears what goes past beyond the lengths', async () => {
    const y = new Residual(() => zeros([1, 2, 1])).forward(tensor([[[1], [NaN]]]), { lengths: rows([1]) });
    expect(await list(y)).toEqual([1, 0]);
  });

  it('says that the shapes do not meet', () => {
    const narrow = new Residual(new Conv1d({ in: 2, out: 2, width: 3, rng: rng() }));
    expect(() => narrow.forward(zeros([1, 5, 2]))).toThrow(
      'Residual: expected a layer that gives [1, 5, 2], as what goes past it, got [1, 3, 2]',
    );
  });
});

describe('Parallel', () => {
  const x = tensor([[1, -2]]);

  it('puts branches side by side, or adds them up', async () => {
    expect(await list(new Parallel([relu, (x) => x]).forward(x))).toEqual([1, 0, 1, -2]);
    expect(await list(new Parallel([relu, (x) => x], { join: 'sum' }).forward(x))).toEqual([2, -2]);
  });

  it('says that branches give other positions', () => {
    const branches = [new MaxPool1d({ width: 2 }), relu];
    expect(() => new Parallel(branches).forward(zeros([1, 4, 2]))).toThrow('Parallel: expected branches that give');
    expect(() => new Parallel([])).toThrow('at least one branch');
  });
});

describe('SeparableConv1d', () => {
  it('is a convolution whose kernel is a product', async () => {
    const layer = new SeparableConv1d({ in: 3, out: 2, width: 4, rng: rng() });
    const whole = new Conv1d({ in: 3, out: 2, width: 4, rng: rng() });
    const [depth, point] = [layer.depthwise.weight, layer.pointwise.weight]; // [3, 1, 4], [2, 3, 1]
    whole.weight.assign(depth.reshape([1, 3, 4]).mul(point));
    whole.bias!.assign(layer.pointwise.bias!.read());
    const x = normal(rng(), [2, 9, 3]);
    await same(layer.forward(x), whole.forward(x), 1e-6);
  });
});

describe('ConvTranspose1d', () => {
  it('spreads each position over a window, by hand', async () => {
    const layer = new ConvTranspose1d({ in: 1, out: 1, width: 3, stride: 2, rng: rng() });
    layer.weight.assign(tensor([[[1, 2, 3]]]));
    layer.bias!.assign(tensor([0.5]));
    const y = layer.forward(tensor([[[10], [100]]]));
    expect(await list(y)).toEqual([10.5, 20.5, 130.5, 200.5, 300.5]);
  });

  it('is the way back of a convolution: ⟨conv(x), y⟩ = ⟨x, transposed(y)⟩', async () => {
    const options = { width: 4, stride: 3, dilation: 2, bias: false, rng: rng() };
    const conv = new Conv1d({ in: 2, out: 3, ...options });
    const back = new ConvTranspose1d({ in: 3, out: 2, ...options });
    back.weight.assign(conv.weight.read());
    const [x, y] = [normal(rng(), [2, 13, 2]), normal(rng().fork('y'), [2, 3, 3])];
    const [there, here] = [sum(conv.forward(x).mul(y)), sum(x.mul(back.forward(y)))];
    assertClose(await there.data(), await here.data(), 1e-5);
  });

  it('leaves no position of none', async () => {
    const layer = new ConvTranspose1d({ in: 1, out: 1, width: 3, rng: rng() });
    expect(await list(layer.lengthsAfter(rows([0, 1])))).toEqual([0, 3]);
  });
});

describe('TemporalBlock', () => {
  it('sees nothing of what is to come', async () => {
    const block = new TemporalBlock({ in: 2, out: 3, width: 3, dilation: 2, rng: rng() });
    const dx = grad((x: ReturnType<typeof zeros>) => sum(block.forward(x).slice([0, 5], [1, 6])))(
      normal(rng(), [1, 9, 2]),
    );
    expect((await list(dx)).slice(12).every((g) => g === 0)).toBe(true);
    expect((await list(dx)).slice(0, 12).some((g) => g !== 0)).toBe(true);
  });

  it('has a shortcut only where the widths differ', () => {
    const names = (out: number) => Object.keys(new TemporalBlock({ in: 2, out, width: 3, rng: rng() }).parameters());
    expect(names(2)).toHaveLength(4);
    expect(names(3).slice(4)).toEqual(['layers.0.shortcut.weight', 'layers.0.shortcut.bias']);
  });
});

describe('ResidualConv1d', () => {
  it('around a circle turns with its input', async () => {
    const block = new ResidualConv1d({ channels: 2, width: 3, dilation: 3, padding: 'circular', rng: rng() });
    const x = normal(rng(), [1, 8, 2]);
    const turn = (t: typeof x) => concat([t.slice([0, 3]), t.slice([0, 0], [1, 3])], 1);
    await same(block.forward(turn(x)), turn(block.forward(x)), 1e-6);
  });
});

describe('Dropout1d', () => {
  it('drops whole channels of a row, and its share of them', async () => {
    const y = new Dropout1d(0.25).forward(full([40, 3, 50], 1), { training: true, rng: rng() });
    const perChannel = await list(sum(y, 1));
    perChannel.forEach((total) => expect(total === 0 || Math.abs(total - 4) < 1e-5).toBe(true));
    const share = perChannel.filter((total) => total === 0).length / perChannel.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.05); // 5 standard errors
  });

  it('says which input it wants', () => {
    const drop = () => new Dropout1d(0.5).forward(zeros([2, 3]), { training: true, rng: rng() });
    expect(drop).toThrow('Dropout1d: expected input [batch, length, channels], got [2, 3]');
  });
});

describe('GLU', () => {
  it('is a ⊙ σ(b), by hand', async () => {
    assertClose(await new GLU().forward(tensor([[3, 5, 0, Math.log(4)]])).data(), [1.5, 4], 1e-6);
  });

  it('is for halves', () => {
    expect(() => new GLU().forward(zeros([1, 3]))).toThrow('GLU: expected an even number of channels, got [1, 3]');
  });
});

describe('Highway', () => {
  const x = normal(rng(), [4, 3]);

  it('lets all pass behind a closed gate, and nothing behind an open one', async () => {
    const closed = new Highway({ channels: 3, gateBias: -1e3, rng: rng() });
    const open = new Highway({ channels: 3, gateBias: 1e3, rng: rng() });
    await same(closed.forward(x), x, 1e-6);
    await same(open.forward(x), relu(open.transform.forward(x)), 1e-6);
  });
});

describe('Embedding', () => {
  const tokens = tensor(Int32Array.of(2, 0, 2));

  it('gives the row of each token', async () => {
    const layer = new Embedding({ tokens: 3, out: 2, rng: rng() });
    layer.weight.assign(tensor([[0, 1], [10, 11], [20, 21]])); // prettier-ignore
    expect(await list(layer.forward(tokens))).toEqual([20, 21, 0, 1, 20, 21]);
  });

  it('adds up the gradients of a token, and has none for the padding', async () => {
    const layer = new Embedding({ tokens: 3, out: 1, padding: 0, rng: rng() });
    expect((await list(layer.weight))[0]).toBe(0);
    const { weight } = grad((_: { weight: Parameter }) => sum(layer.forward(tokens)))({ weight: layer.weight });
    expect(await list(weight)).toEqual([0, 0, 2]);
  });

  it('wants whole numbers, and a padding that is a token', () => {
    const layer = new Embedding({ tokens: 3, out: 2, rng: rng() });
    expect(() => layer.forward(zeros([2]))).toThrow('an i32 or u32 index');
    expect(() => new Embedding({ tokens: 3, out: 2, padding: 3, rng: rng() })).toThrow('one of 3 tokens, got 3');
  });
});

import { cast, concat, grad, normal, Rng, type Rule, slice, sum, taps, tensor, type Tensor } from '@hairpin/tensors';
import { checkGradient, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { type AttentionForm, LearnedPositions, MultiHeadAttention, pytorchNames, rotary } from '../../src/index';
import { exact, hasData } from '../data';
import { draw64, netRng, rows, same } from '../support';
import { checkAttention } from './parity';

describe.skipIf(!hasData)("PyTorch's numbers", () => {
  it.each(['plain', 'blocked'] as const)('values, weights and gradients, %s', (form) => checkAttention(exact, form));
});

const layer = (options: object = {}) =>
  new MultiHeadAttention({ embed: 6, heads: 3, dtype: 'f64', rng: netRng(), ...options });
const x = draw64(3, [2, 5, 6]);
const finite = async (t: Tensor) => expect(Array.from(await t.data()).every(Number.isFinite)).toBe(true);

/** Δ(ab) = Δa · (b + b₀)/2 + Δb · (a + a₀)/2 for the products of queries with keys and of weights with values. */
const attentionRules: Record<string, Rule> = {
  contract: (dy, { inputs: [a, b], baseline, usual }) => {
    if (a.shape.length < 4 || b.shape.length < 4) return usual(dy);
    const between = (t: Tensor, other: Tensor) => t.add(other).mul(0.5);
    const [a0, b0] = baseline!.inputs;
    return [dy.matmul(between(b, b0).transpose()), between(a, a0).transpose().matmul(dy)];
  },
};

describe('MultiHeadAttention', () => {
  it('has the names of torch.nn.MultiheadAttention', () => {
    const shapes = (options?: object) =>
      Object.entries(pytorchNames(layer(options))).map(([name, { shape }]) => `${name} ${shape.join('×')}`);
    expect(shapes()).toEqual(['in_proj_weight 18×6', 'in_proj_bias 18', 'out_proj.weight 6×6', 'out_proj.bias 6']);
    expect(shapes({ bias: false, keyChannels: 4, valueChannels: 5 })).toEqual([
      'q_proj_weight 6×6',
      'k_proj_weight 6×4',
      'v_proj_weight 6×5',
      'out_proj.weight 6×6',
    ]);
  });

  it('gives the same with one product for all as with one each', async () => {
    const [one, each] = [layer(), layer({ keyChannels: 7 })];
    const parameters = pytorchNames(one);
    const [q, k, v] = parameters.in_proj_weight.split(3, 0);
    each.qProjWeight!.assign(q);
    each.kProjWeight!.assign(concat([k, draw64(4, [6, 1])], 1)); // a channel that is always 0
    each.vProjWeight!.assign(v);
    each.inProjBias!.assign(one.inProjBias!.read());
    each.outProj.weight.assign(one.outProj.weight.read());
    const keys = concat([x, x.slice([], [undefined, undefined, 1]).mul(0)], 2);
    await same(each.attend(x, keys, x), one.forward(x));
  });

  it('is blind to what a mask hides, and to what comes later when causal', async () => {
    const changed = concat([slice(x, [0, 0], [2, 3]), draw64(9, [2, 2, 6])], 1);
    const first = (t: Tensor) => slice(t, [0, 0], [2, 3]);
    const causal = layer({ causal: true });
    await same(first(causal.forward(changed)), first(causal.forward(x)));
    const mask = tensor([[true, true, true, false, false]]);
    const masked = (keys: Tensor) => layer().attend(x, keys, keys, { mask });
    await same(masked(changed), masked(x));
    const lower = tensor(Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => j <= i)));
    await same(layer().attend(x, x, x, { mask: lower }), causal.forward(x));
    const perRow = tensor([0, 1].map((b) => [[0, 1, 2, 3, 4].map((j) => j < (b ? 2 : 4))]));
    await same(layer().attend(x, x, x, { mask: perRow }), layer().attend(x, x, x, { lengths: rows([4, 2]) }));
  });

  it.each(['plain', 'blocked'] as const)(
    'gives the bias to queries that see no key, and finite gradients, %s',
    async (form) => {
      const net = layer({ form });
      net.outProj.bias!.assign(draw64(5, [6]));
      const lengths = rows([0, 3]);
      const padded = x.mul(1).add(
        tensor([[NaN], [0]])
          .reshape([2, 1, 1])
          .cast('f64'),
      );
      const y = net.attend(padded, padded, padded, { lengths, queryLengths: lengths });
      await same(slice(y, [0], [1]), net.outProj.bias!.broadcastTo([1, 5, 6]));
      const gradients = grad((wrt: Record<string, Tensor>) =>
        sum(net.attend(wrt.x, wrt.x, wrt.x, { lengths, queryLengths: lengths })),
      )({ x: padded, ...(net.parameters() as unknown as Record<string, Tensor>) });
      for (const g of Object.values(gradients)) await finite(g);
    },
  );

  it('has the gradient of central differences, with rotary positions', async () => {
    const net = new MultiHeadAttention({ embed: 4, heads: 1, causal: true, rotary: true, dtype: 'f64', rng: netRng() });
    await checkGradient(({ x }: { x: Tensor }) => net.forward(x), { x: draw64(6, [2, 3, 4]), ...net.parameters() });
  });

  it('keeps its weights for those who tap them, up to 2^20 in a head', () => {
    const net = new MultiHeadAttention({ embed: 2, heads: 1, name: 'first', rng: netRng() });
    const shapes = (length: number, training = false) =>
      taps(net.forward(normal(new Rng(1), [1, length, 2]), { training })).map(({ name, value }) => [
        name,
        ...value.shape,
      ]);
    expect(shapes(1023)).toEqual([['first', 1, 1, 1023, 1023]]);
    expect(shapes(1024)).toEqual([]);
    expect(shapes(1024, true)).toEqual([['first', 1, 1, 1024, 1024]]);
  });

  it('lets attribution through either form alike', async () => {
    const baseline = draw64(8, [2, 5, 6]);
    const attribute = (form: AttentionForm) => {
      const net = layer({ form, rotary: true });
      return grad((t: Tensor) => sum(net.forward(t), [1, 2]), { rules: attentionRules, baseline })(x);
    };
    const [plain, blocked] = (['plain', 'blocked'] as const).map(attribute);
    await same(blocked, plain, 1e-12);
    const usual = grad((t: Tensor) => sum(layer({ rotary: true }).forward(t)))(x);
    expect(distance(await plain.data(), await usual.data())).toBeGreaterThan(1e-2);
  });

  it('drops weights while training only', async () => {
    const net = layer({ dropout: 0.5 });
    const run = (training: boolean) => net.forward(x, { training, rng: new Rng(1) });
    await same(run(false), layer().forward(x));
    const [a, b] = await Promise.all([run(true).data(), run(false).data()]);
    expect(Array.from(a)).not.toEqual(Array.from(b));
  });

  it('says what does not fit', () => {
    expect(() => layer({ heads: 4 })).toThrow('MultiHeadAttention: heads (4) must divide embed (6)');
    expect(() => layer({ heads: 2, rotary: true })).toThrow('rotary positions turn pairs, and a head has 3 channels');
    expect(() => layer().forward(draw64(1, [2, 5, 4]))).toThrow('queries [batch, queries, 6], keys [batch, keys, 6]');
    const masked = (mask: Tensor) => () => layer().attend(x, x, x, { mask });
    const expected = 'a bool mask [5, 5], [2, 5, 5] or [2, 3, 5, 5], true where a query may see a key, got';
    expect(masked(draw64(1, [5, 5]))).toThrow(`${expected} Tensor(f64[5, 5])`);
    expect(masked(tensor([true, false]).broadcastTo([5, 2]))).toThrow(`${expected} Tensor(bool[5, 2])`);
    expect(() => layer({ form: 'blocked' }).attend(x, x, x, { mask: tensor([[true]]) })).toThrow('it takes no mask');
    expect(() => layer().attend(x, x, x, { lengths: tensor([1, 2]) })).toThrow('i32');
  });
});

describe('positions', () => {
  it('turn pairs so that products depend on the distance alone', async () => {
    const [q, k] = [draw64(7, [8]), draw64(8, [8])];
    const everywhere = (t: Tensor) => rotary(t.broadcastTo([40, 8]));
    const products = await everywhere(q).matmul(everywhere(k).transpose()).data();
    const at = (m: number, n: number) => products[m * 40 + n];
    for (const distance of [0, 1, 7])
      for (const m of [3, 20, 32]) expect(at(m + distance, m)).toBeCloseTo(at(distance, 0), 12);
    expect(Math.abs(at(7, 0) - at(0, 7))).toBeGreaterThan(1e-3);
  });

  it('turn by the angles of the paper, by hand', async () => {
    const y = await rotary(cast(tensor([[1, 0, 0, 2], [1, 0, 0, 2]]), 'f64')).data(); // prettier-ignore
    const expected = [1, 0, 0, 2, Math.cos(1), Math.sin(1), -2 * Math.sin(0.01), 2 * Math.cos(0.01)];
    expected.forEach((value, i) => expect(y[i]).toBeCloseTo(value, 12));
    expect(() => rotary(draw64(1, [2, 3]))).toThrow('rotary: expected x [..., length, width] with an even width');
  });

  it('are added by LearnedPositions, row by row', async () => {
    const layer = new LearnedPositions({ length: 4, channels: 6, dtype: 'f64', rng: netRng() });
    const short = slice(x, [0, 0], [2, 3]);
    await same(layer.forward(short).sub(short), slice(layer.weight, [0], [3]).broadcastTo([2, 3, 6]), 1e-12);
    expect(() => layer.forward(x)).toThrow('LearnedPositions: expected input [batch, length ≤ 4, 6], got [2, 5, 6]');
  });
});

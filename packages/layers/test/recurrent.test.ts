import {
  add,
  cast,
  type Context,
  grad,
  mul,
  type Parameter,
  Rng,
  slice,
  sum,
  tensor,
  type Tensor,
} from '@hairpin/tensors';
import { checkGradient, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { Cell, DilatedRNN, GRU, LSTM, MinGRUCell, Recurrent } from '../src/index';
import { draw64, f64, gru, lstm, netRng, part, plainLoop, row, rows, same, sameState, stepOf, x } from './support';

describe('lengths', () => {
  it('a reverse walk starts at each row’s own end', async () => {
    const net = new GRU({ in: 2, hidden: 3, direction: 'reverse', ...f64 });
    const y = net.forward(x, { lengths: rows([7, 3]) });
    await same(part(row(y, 1), 0, 3), net.forward(part(row(x, 1), 0, 3)));
  });

  it('a row of length 0 keeps its initial state and gives zeros', async () => {
    const net = new LSTM({ in: 2, hidden: 3, initial: 'learned', ...f64 });
    (net.parameters()['initial.value'] as Parameter).assign(draw64(4, [6]));
    const { y, state } = net.run(x, { lengths: rows([7, 0]) });
    await same(row(y, 1), draw64(1, [1, 7, 3]).mul(0));
    await same(row(state[0].forward!.h, 1), slice(draw64(4, [6]), [0], [3]).reshape([1, 3]));
  });

  it('NaN in the padding reaches neither outputs, nor states, nor gradients', async () => {
    const net = new Recurrent(lstm, { in: 2, layers: 2, direction: 'bidirectional', truncate: 2, laps: 2 });
    const lengths = rows([7, 3]);
    const numbers = Array.from(await x.data(), (value, i) => (i >= 14 + 6 ? NaN : value));
    const soiled = tensor(numbers, { shape: x.shape, dtype: 'f64' });
    const [clean, dirty] = [net.run(x, { lengths }), net.run(soiled, { lengths })];
    await same(dirty.y, clean.y);
    await sameState(dirty.state, clean.state);
    const objective = ({ x }: { x: Tensor }) => sum(net.forward(x, { lengths }).square());
    const gradients = (x: Tensor) => Object.entries(grad(objective)({ x, ...net.parameters() }));
    const expected = Object.fromEntries(gradients(x)) as Record<string, Tensor>;
    for (const [name, g] of gradients(soiled)) await same(g as Tensor, expected[name]);
  });
});

describe('Recurrent', () => {
  it('is its plain loop, values and gradients of both orders', async () => {
    const net = new Recurrent(lstm(2));
    const cell = net.layers[0].forward!;
    const { outputs, state } = plainLoop(cell, x, cell.init(2, x));
    const { y, state: last } = net.run(x);
    for (const [t, expected] of outputs.entries()) await same(stepOf(y, t), expected);
    await same(last[0].forward!.c, state.c);
    const few = part(x, 0, 3);
    await checkGradient(({ x }: { x: Tensor }) => net.forward(x), { x: few });
    await checkGradient(({ x }: { x: Tensor }) => net.forward(x), { x: few }, { order: 2, tolerance: 1e-5 });
  });

  it('drops between layers while training, and only there', async () => {
    const net = (layers: number) => new GRU({ in: 2, hidden: 40, rng: new Rng(1), layers, dropout: 0.5 });
    const single = cast(x, 'f32');
    const train = (rng: Rng) => ({ training: true, rng });
    const [one, two] = [net(1), net(2)];
    await same(one.forward(single, train(new Rng(2))), one.forward(single));
    const [dropped, whole] = [two.forward(single, train(new Rng(2))), two.forward(single)];
    expect(distance(await dropped.data(), await whole.data())).toBeGreaterThan(0.01);
    const twice = [new Rng(2), new Rng(2)].map((rng) => two.forward(single, train(rng)));
    await same(twice[0], twice[1]);
    expect(() => two.forward(single, { training: true })).toThrow('context.rng');
    expect(() => new GRU({ in: 1, hidden: 1, rng: netRng(), dropout: 1 })).toThrow('Dropout');
  });

  it('names its parameters by layer and direction', () => {
    const net = new Recurrent(gru, { in: 2, layers: 2, direction: 'bidirectional', initial: 'learned' });
    const names = ['forward', 'reverse'].flatMap((way) =>
      ['weightIh', 'weightHh', 'biasIh', 'biasHh'].map((w) => `${way}.${w}`),
    );
    expect(Object.keys(net.parameters())).toEqual([
      ...names.map((name) => `layers.0.${name}`),
      ...names.map((name) => `layers.1.${name}`),
      'initial.value',
    ]);
  });

  it('gives the outputs where its walks end', async () => {
    const net = new Recurrent(gru, { in: 2, direction: 'bidirectional' });
    const { y, state } = net.run(x, { lengths: rows([7, 4]) });
    const last = await net.last(state).data();
    const at = async (r: number, t: number, from: number) =>
      (await part(row(y, r), t, t + 1).data()).slice(from, from + 3);
    expect(last.slice(0, 6)).toEqual(Float64Array.of(...(await at(0, 6, 0)), ...(await at(0, 0, 3))));
    expect(last.slice(6)).toEqual(Float64Array.of(...(await at(1, 3, 0)), ...(await at(1, 0, 3))));
    const dilated = new DilatedRNN(gru, { in: 2, layers: 3 });
    for (const lengths of [undefined, rows([7, 7])]) {
      const run = dilated.run(x, lengths ? { lengths } : {});
      await same(dilated.last(run.state), stepOf(run.y, 6));
    }
  });

  it('takes a cell of two states whose output is neither, and tells it the context', async () => {
    type Pair = { readonly a: Tensor; readonly b: Tensor };
    class Fibonacci extends Cell<Pair> {
      override get widths() {
        return { a: 1, b: 1 };
      }
      step({ a, b }: Pair, x: Tensor, context: Context = {}): Pair {
        return {
          a: b,
          b: add(a, b)
            .add(x)
            .add(context.given?.bonus ?? 0),
        };
      }
      override output({ a, b }: Pair): Tensor {
        return mul(a, b);
      }
    }
    const net = new Recurrent(new Fibonacci({ in: 1, hidden: 1 }));
    const ones = tensor([[[1], [0], [0], [0]]]);
    expect([...(await net.forward(ones).data())]).toEqual([0, 1, 2, 6]); // pairs 0 1, 1 1, 1 2, 2 3
    const given = { bonus: tensor([[1]]) };
    expect([...(await net.forward(ones, { given }).data())]).toEqual([0, 6, 18, 60]); // pairs 0 2, 2 3, 3 6, 6 10
  });

  it('says what it was given wrongly', () => {
    const net = new Recurrent(gru(2));
    expect(() => net.forward(draw64(1, [2, 7, 3]))).toThrow(
      'Recurrent: expected input [batch, length, 2], got [2, 7, 3]',
    );
    expect(() => net.forward(draw64(1, [2, 2]))).toThrow('[batch, length, 2]');
    expect(() => net.run(x, { laps: 0 })).toThrow('laps to be a whole number ≥ 1, got 0');
    expect(() => new Recurrent(gru(2), { layers: 2 })).toThrow('pass a function');
    expect(() => new Recurrent(gru(2), { direction: 'bidirectional' })).toThrow('pass a function');
    expect(() => new Recurrent(gru)).toThrow('needs the option `in`');
    expect(() => new Recurrent(gru, { in: 2, layers: 1.5 })).toThrow('layers to be a whole number');
    expect(() => new Recurrent(gru, { in: 2, truncate: 0 })).toThrow('truncate to be a whole number');
    expect(() => new Recurrent(gru, { in: 2, direction: 'reverse', dilation: () => 2 })).toThrow(
      'walks forward, not reverse',
    );
  });

  it('takes an empty batch and a sequence without steps', async () => {
    const net = new Recurrent(lstm, { in: 2, layers: 2, direction: 'bidirectional' });
    expect(net.forward(draw64(1, [2, 0, 2])).shape).toEqual([2, 0, 6]);
    expect((await net.forward(draw64(1, [0, 4, 2])).data()).length).toBe(0);
  });
});

it('a linear cell keeps its gradient over 300 steps', async () => {
  const net = new Recurrent(new MinGRUCell({ in: 1, hidden: 1, ...f64 }));
  for (const p of Object.values(net.parameters()))
    p.assign(
      p
        .read()
        .mul(0)
        .add(p.shape.length === 1 ? -7 : 0),
    ); // z = σ(−7) ≈ 1/1100
  const long = draw64(1, [1, 300, 1]);
  const last = (h: Tensor) => sum(net.last(net.run(long, { state: [{ forward: { h } }] }).state));
  const reach = await grad(last)(draw64(2, [1, 1])).item();
  expect(reach).toBeCloseTo((1 - 1 / (1 + Math.exp(7))) ** 300, 10);
});

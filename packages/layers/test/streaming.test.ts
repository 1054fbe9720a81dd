import { add, grad, mul, type Parameter, Rng, square, stopGradient, sum, type Tensor } from '@hairpin/tensors';
import { distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import type { Cell } from '../src/index';
import { DilatedRNN, GRU, LSTMCell, Recurrent, type RecurrentState, type State } from '../src/index';
import { concatRows, draw64, f64, gru, lstm, part, plainLoop, row, rows, same, sameState, stepOf, x } from './support';

describe('streaming', () => {
  const nets: Record<string, Recurrent> = {
    'two layers of LSTM': new Recurrent(lstm, { in: 2, layers: 2 }),
    'a learned start': new Recurrent(gru, { in: 2, initial: 'learned' }),
    'layers that look back 1, 2 and 4 steps': new DilatedRNN(lstm, { in: 2, layers: 3 }),
  };

  it.each(Object.entries(nets))('in chunks is the whole: %s', async (_, net) => {
    const whole = net.run(x);
    let state: RecurrentState | undefined;
    for (const [from, to] of [
      [0, 1],
      [1, 4],
      [4, 4],
      [4, 7],
    ] as const) {
      // prettier-ignore
      const chunk = net.run(part(x, from, to), state ? { state } : {});
      if (to > from) await same(chunk.y, part(whole.y, from, to));
      state = chunk.state;
    }
    await sameState(state!, whole.state);
  });

  it.each(Object.entries(nets))('goes on from each row’s own end: %s', async (_, net) => {
    const first = net.run(part(x, 0, 5), { lengths: rows([5, 2]) });
    const rest = net.run(concatRows([part(row(x, 0), 5, 7), part(row(x, 1), 2, 4)]), { state: first.state });
    await same(row(rest.y, 0), part(net.forward(row(x, 0)), 5, 7));
    await same(row(rest.y, 1), part(net.forward(row(x, 1)), 2, 4));
  });

  it('says which part of a state does not fit', () => {
    const net = new Recurrent(lstm, { in: 2, layers: 2 });
    const { state } = net.run(x);
    const run = (state: unknown) => () => net.run(x, { state: state as RecurrentState });
    expect(run([state[0]])).toThrow('Recurrent: expected a state of 2 layers, got 1');
    expect(run([state[0], { forward: { h: state[1].forward!.h } }])).toThrow('state 1.forward.c [2, 3], got none');
    const wide = { h: draw64(1, [2, 4]), c: draw64(1, [2, 3]) };
    expect(run([state[0], { forward: wide }])).toThrow('state 1.forward.h [2, 3], got [2, 4]');
    const dilated = new DilatedRNN(gru, { in: 2, layers: 2 });
    const flat = { forward: { h: draw64(1, [2, 3]) } };
    expect(() => dilated.run(x, { state: [flat, flat] })).toThrow('state 1.forward.h [2, 2, 3], got [2, 3]');
  });
});

describe('truncated backpropagation', () => {
  const cut = (state: State, t: number): State =>
    t > 0 && t % 3 === 0 ? Object.fromEntries(Object.entries(state).map(([k, v]) => [k, stopGradient(v)])) : state;

  it.each(['lstm', 'gru'])('is the gradient of a loop cut by hand: %s', async (kind) => {
    const cell: Cell<State> = kind === 'lstm' ? lstm(2) : gru(2);
    const net = new Recurrent(cell, { truncate: 3 });
    const weights = draw64(9, [2, 7, 3]);
    const byNet = ({ x }: { x: Tensor }) => sum(mul(net.forward(x), weights));
    const byHand = ({ x }: { x: Tensor }) =>
      plainLoop(cell, x, cell.init(2, x), cut)
        .outputs.map((y, t) => sum(mul(y, stepOf(weights, t))))
        .reduce((a, b) => add(a, b));
    const wrt = { x, ...net.parameters() };
    const [found, expected] = [grad(byNet)(wrt), grad(byHand)(wrt)] as Record<string, Tensor>[];
    for (const [name, g] of Object.entries(expected)) await same(found[name], g, 1e-12);
    const uncut = grad(({ x }: { x: Tensor }) => sum(mul(new Recurrent(cell).forward(x), weights)))(
      wrt,
    ) as typeof found;
    expect(distance(await found.x.data(), await uncut.x.data())).toBeGreaterThan(1e-3); // the cut is felt
  });

  it('leaves the values as they are, both ways and with lengths', async () => {
    const make = (truncate?: number) => {
      const rng = new Rng(8);
      const cell = (inputs: number) => new LSTMCell({ in: inputs, hidden: 3, dtype: 'f64', rng });
      return new Recurrent(cell, { in: 2, layers: 2, direction: 'bidirectional', ...(truncate && { truncate }) });
    };
    const lengths = rows([7, 4]);
    const [whole, parts] = [make().run(x, { lengths }), make(2).run(x, { lengths })];
    await same(parts.y, whole.y);
    await sameState(parts.state, whole.state);
  });

  it('ends the reach of a late output at the cut before it', async () => {
    const net = new GRU({ in: 2, hidden: 3, truncate: 3, ...f64 });
    const g = await grad((x: Tensor) => sum(part(net.forward(x), 6)))(x).data();
    const reached = (t: number) => g.slice(t * 2, t * 2 + 2).some((value) => value !== 0);
    expect([0, 1, 2, 3, 4, 5, 6].map(reached)).toEqual([false, false, false, false, false, false, true]);
    const last = await grad((x: Tensor) => sum(stepOf(net.forward(x), 5)))(x).data();
    expect([2, 3].map((t) => last[t * 2] !== 0)).toEqual([false, true]);
  });
});

describe('checkpoints', () => {
  it('change no value and no gradient, both ways and with lengths', async () => {
    const make = (checkpoint?: number) => {
      const rng = new Rng(9);
      const cell = (inputs: number) => new LSTMCell({ in: inputs, hidden: 3, dtype: 'f64', rng });
      return new Recurrent(cell, { in: 2, layers: 2, direction: 'bidirectional', ...(checkpoint && { checkpoint }) });
    };
    const gradients = (net: Recurrent) => {
      const loss = (wrt: { x: Tensor; parameters: Readonly<Record<string, Parameter>> }) =>
        sum(square(net.forward(wrt.x, { lengths: rows([7, 4]) })));
      return grad(loss)({ x, parameters: net.parameters() });
    };
    const [whole, thrifty] = [gradients(make()), gradients(make(3))];
    await same(thrifty.x, whole.x);
    for (const [name, g] of Object.entries(whole.parameters)) await same(thrifty.parameters[name], g);
  });
});

import { cast, type Context, normal, type Parameter, Rng, slice, type Tensor } from '@hairpin/tensors';
import { checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { ClassState, GivenState, GRU, Linear, Recurrent, type RecurrentState } from '../src/index';
import { concatRows, draw64, f64, gru, lstm, netRng, part, plainLoop, row, rows, same, stepOf, x } from './support';

describe('initial states', () => {
  /** Where a net starts: its state after no step. */
  const h = (net: Recurrent, context: Context = {}) => net.run(part(x, 0, 0), context).state;

  it('learned: one for all rows, with a gradient', async () => {
    const net = new Recurrent(lstm, { in: 2, layers: 2, direction: 'bidirectional', initial: 'learned' });
    const value = net.parameters()['initial.value'];
    expect([value.shape, value.dtype]).toEqual([[24], 'f64']);
    value.assign(draw64(1, [24]));
    const state = h(net);
    await same(row(state[1].reverse!.c, 1), slice(draw64(1, [24]), [21]).reshape([1, 3]));
    await same(row(state[0].reverse!.h, 0), slice(draw64(1, [24]), [6], [9]).reshape([1, 3]));
    await checkGradient(({ value: _, x }: { value: Parameter; x: Tensor }) => net.forward(x), { value, x });
  });

  it('of a class: its row of a table', async () => {
    const initial = (width: number) => new ClassState({ classes: 5, width, rng: netRng(), dtype: 'f64' });
    const net = new Recurrent(gru, { in: 2, initial });
    const table = net.parameters()['initial.weight'];
    expect(table.shape).toEqual([5, 3]);
    const state = h(net, { given: { class: rows([4, 1]) } });
    await same(state[0].forward!.h, concatRows([row(table.read(), 4), row(table.read(), 1)]));
    expect(() => net.forward(x)).toThrow('needs context.given.class');
    expect(() => net.forward(x, { given: { class: rows([1]) } })).toThrow('context.given.class [2, …]');
  });

  it('of covariates: what a network or a function makes of them', async () => {
    const head = new Linear({ in: 4, out: 3, rng: netRng() });
    const byLayer = new GRU({ in: 2, hidden: 3, rng: netRng(), initial: () => new GivenState('age', head) });
    const age = normal(new Rng(3), [2, 4]);
    const single = cast(x, 'f32');
    const found = byLayer.run(part(single, 0, 0), { given: { age } }).state[0].forward!.h;
    await same(found, head.forward(age));
    expect(Object.keys(byLayer.parameters())).toContain('initial.network.weight');
    const lengths = rows([7, 2]); // of the sequences, and no matter of the covariates
    const doubled = new GRU({ in: 2, hidden: 3, ...f64, initial: () => new GivenState('h', (t) => t.mul(2)) });
    const start = draw64(5, [2, 3]);
    const state: RecurrentState = [{ forward: { h: start.mul(2) } }];
    await same(doubled.forward(x, { given: { h: start }, lengths }), doubled.run(x, { state, lengths }).y);
    expect(() => doubled.forward(x, { given: { h: draw64(5, [2, 4]) } })).toThrow(
      'an initial state [batch, 3], got [2, 4]',
    );
  });

  it('a state that is handed over comes first', async () => {
    const net = new GRU({ in: 2, hidden: 3, ...f64, initial: 'learned' });
    const start = draw64(5, [2, 3]);
    const { outputs } = plainLoop(net.layers[0].forward!, x, { h: start });
    await same(stepOf(net.run(x, { state: [{ forward: { h: start } }] }).y, 6), outputs[6]);
  });
});

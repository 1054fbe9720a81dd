import { tensor, type Tensor } from '@hairpin/tensors';
import { assertClose, checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import type { Recurrent } from '../src/index';
import { DilatedRNN, GRU, NotConverged, RNN } from '../src/index';
import { appendSteps, f64, gru, part, row, rows, same, sameState, x } from './support';

describe('laps of a circle', () => {
  /** A GRU whose recurrent weights are small, so that it forgets where it began. */
  function contracting(options: object = {}): Recurrent {
    const net = new GRU({ in: 2, hidden: 3, ...f64, ...options });
    for (const [name, p] of Object.entries(net.parameters())) if (name.endsWith('Hh')) p.assign(p.read().mul(0.5));
    return net;
  }

  it('converge for a net that forgets: the state before the first step is that after the last', async () => {
    const net = contracting({ layers: 2, direction: 'bidirectional' });
    const { y, state, laps } = await net.runCircular(x, { epsilon: 1e-9 });
    expect(laps).toBeGreaterThan(1);
    expect(laps).toBeLessThan(16);
    const again = net.run(x, { state });
    assertClose(await again.y.data(), await y.data(), 1e-8); // one more lap changes nothing but the last digits
  });

  it('do not depend on where the circle is cut', async () => {
    const net = contracting();
    const turned = appendSteps(part(x, 3), part(x, 0, 3));
    const [here, there] = [
      await net.runCircular(x, { epsilon: 1e-12 }),
      await net.runCircular(turned, { epsilon: 1e-12 }),
    ];
    assertClose(await there.y.data(), await appendSteps(part(here.y, 3), part(here.y, 0, 3)).data(), 1e-11);
  });

  it('each row closes at its own length', async () => {
    const net = contracting();
    const whole = await net.runCircular(x, { lengths: rows([7, 4]), epsilon: 1e-12 });
    const alone = await net.runCircular(part(row(x, 1), 0, 4), { epsilon: 1e-12 });
    assertClose(await part(row(whole.y, 1), 0, 4).data(), await alone.y.data(), 1e-11);
  });

  it('raise NotConverged for a net of spectral radius above 1, and say why', async () => {
    const net = new RNN({ in: 2, hidden: 2, ...f64 });
    const [cos, sin] = [1.5 * Math.cos(1), 1.5 * Math.sin(1)]; // a turn by a radian at each step, spectral radius 1.5
    const turn = [cos, -sin, sin, cos];
    net.parameters()['layers.0.forward.weightHh'].assign(tensor(turn, { shape: [2, 2], dtype: 'f64' }));
    const circling = net.runCircular(x.mul(0.01), { maxLaps: 5 });
    await expect(circling).rejects.toMatchObject({ name: 'NotConverged', laps: 5 });
    await expect(net.runCircular(x.mul(0.01))).rejects.toThrow(
      /after 16 laps the state still changes by .* \(epsilon 0.00001\).*exp\(λ₁·T\).*maxLaps.*run\(x, \{ laps: 2 \}\)/,
    );
  });

  it('raise NotConverged with a factor below 1 where only the patience was too small', async () => {
    const net = contracting();
    const raised: NotConverged = await net.runCircular(x, { maxLaps: 3, epsilon: 1e-12 }).then(fail, (error) => error);
    expect(raised).toBeInstanceOf(NotConverged);
    expect(raised.factor).toBeLessThan(0.5);
    const laps = 3 + Math.ceil(Math.log(1e-12 / raised.change) / Math.log(raised.factor));
    // The factor foretells how many.
    const { laps: used } = await net.runCircular(x, { maxLaps: 2 * laps, epsilon: 1e-12 });
    expect(Math.abs(used - laps)).toBeLessThanOrEqual(Math.ceil(laps / 2));
  });

  it('one lap may be too few, and none is no number of laps', async () => {
    await expect(contracting().runCircular(x, { maxLaps: 1 })).rejects.toThrow(
      /after 1 laps .* \(epsilon 0.00001\)\. From/,
    );
    expect(() => contracting().runCircular(x, { maxLaps: 0 })).toThrow('maxLaps to be a whole number ≥ 1, got 0');
  });

  it('a fixed number of them is the sequence repeated', async () => {
    const net = contracting({ laps: 3 });
    const tripled = appendSteps(appendSteps(x, x), x);
    const { y, state } = net.run(tripled, { laps: 1 });
    await same(net.forward(x), part(y, 14));
    await sameState(net.run(x).state, state);
    await same(net.run(x, { laps: 2 }).y, part(y, 7, 14));
  });

  it('a fixed number of them has the gradient of all laps', async () => {
    const net = contracting({ laps: 2 });
    await checkGradient(({ x }: { x: Tensor }) => net.forward(x), { x });
  });

  it('of layers that look back go on where they stopped', async () => {
    const net = new DilatedRNN(gru, { in: 2, layers: 3, laps: 2 });
    await same(net.forward(x), part(net.run(appendSteps(x, x), { laps: 1 }).y, 7));
  });
});

const fail = () => {
  throw new Error('expected NotConverged');
};

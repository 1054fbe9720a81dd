import { grad, openDevice, relu, sum, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { gradientReach, lyapunovSpectrum, type Recurrence } from '../../src/index';
import { driven, type Place, scaledRotation } from './recurrences';

const cpu = await openDevice('cpu');
const exact: Place = { device: cpu, dtype: 'f64' };

/** The same by one gradient through steps written out. */
async function byHand<S extends { h: Tensor }>({ step, init, xs }: Recurrence<S>, loss: (last: S) => Tensor) {
  const [, steps] = xs!.shape;
  const reads = Array.from({ length: steps }, (_, t) =>
    xs!.slice([0, t], [undefined, t + 1]).reshape([xs!.shape[0], -1]),
  );
  const from = (t: number) => (h: Tensor) => reads.slice(t).reduce((state, x) => step(state, x), { h } as S);
  const states = reads.reduce((all, x) => [...all, step(all.at(-1)!, x)], [init]);
  const norms = states.map((state, t) =>
    grad((h: Tensor) => sum(loss(from(t)(h))))(state.h)
      .square()
      .sum(1)
      .sqrt()
      .log(),
  );
  return (await Promise.all(norms.map((norm) => norm.data()))).toReversed();
}

describe('gradientReach', () => {
  it('gives the norms of the gradients of all states, row by row, whatever the segments', async () => {
    const net = driven(exact, { width: 4, steps: 9, gain: 1.2, batch: 2 });
    const loss = ({ h }: { h: Tensor }) => h.square().sum(1);
    const expected = await byHand(net, loss);
    for (const segment of [256, 4, 1]) {
      const { states, inputs } = await gradientReach(net, { loss, segment });
      expect(states.shape).toEqual([2, 10]);
      expect(inputs!.shape).toEqual([2, 9]);
      for (const [d, [first, second]] of expected.entries()) {
        expect(states.values[d]).toBeCloseTo(first, 12);
        expect(states.values[10 + d]).toBeCloseTo(second, 12);
      }
    }
  });

  it('gives those of what is read', async () => {
    const net = driven(exact, { width: 3, steps: 5, gain: 1 });
    const { inputs } = await gradientReach(net, { segment: 2 });
    const last = (xs: Tensor) =>
      sum(
        Array.from({ length: 5 }, (_, t) => xs.slice([0, t], [1, t + 1]).reshape([1, 3])).reduce(net.step, net.init).h,
      );
    const gradient = await grad(last)(net.xs!).data();
    for (let d = 0; d < 5; d++) {
      const own = [...gradient.slice(3 * (4 - d), 3 * (5 - d))];
      expect(inputs!.values[d]).toBeCloseTo(Math.log(Math.hypot(...own)), 12);
    }
  });

  it('is a straight line of slope ln ρ for ρ times a rotation, far beyond the range of f32 and of f64', async () => {
    for (const dtype of ['f32', 'f64'] as const)
      for (const rho of [0.3, 4]) {
        const steps = 800; // 0.3^800 = 1e-418
        const { states, inputs } = await gradientReach(
          scaledRotation({ device: cpu, dtype }, { width: 3, steps, rho }),
        );
        expect(inputs).toBeUndefined();
        const [first, last] = [states.values[0], states.values[steps]];
        expect(first).toBeCloseTo(Math.log(3) / 2, 6); // of three ones
        expect((last - first) / steps).toBeCloseTo(Math.log(rho), dtype === 'f32' ? 6 : 12);
        expect((states.values[500] - first) / 500).toBeCloseTo(Math.log(rho), dtype === 'f32' ? 6 : 12);
      }
  });

  it('falls with the distance by the largest Lyapunov exponent', async () => {
    const steps = 2000;
    const net = driven({ device: cpu, dtype: 'f32' }, { width: 8, steps, gain: 1.2 });
    const { states } = await gradientReach(net);
    const { exponents } = await lyapunovSpectrum(net, { count: 1 });
    const slope = (states.values[steps] - states.values[20]) / (steps - 20);
    expect(exponents[0]).toBeLessThan(-0.2); // 2 000 steps of it are far below what f32 holds
    expect(Math.abs(slope / exponents[0] - 1)).toBeLessThan(0.02);
  });

  it('is −∞ from where nothing gets through any more, and quick about it', async () => {
    const xs = tensor([...Array<number>(300).fill(1), -50, ...Array<number>(20).fill(1)], {
      shape: [1, 321, 1],
      ...exact,
    });
    const dies: Recurrence<Tensor> = { step: (h, x) => relu(h.mul(0.9).add(x)), init: tensor([[0]], exact), xs };
    const { states } = await gradientReach(dies);
    expect(states.values[20]).toBeCloseTo(20 * Math.log(0.9), 12);
    expect([...states.values.slice(21)].every((log) => log === -Infinity)).toBe(true);
  });

  it('of a row does not end where that of another one does', async () => {
    const ones = Array<number>(400).fill(1);
    const xs = tensor([...ones.with(350, -50), ...ones], { shape: [2, 400, 1], ...exact });
    const net: Recurrence<Tensor> = { step: (h, x) => relu(h.mul(0.9).add(x)), init: tensor([[0], [0]], exact), xs };
    const { states } = await gradientReach(net);
    expect(states.values[49]).toBeCloseTo(49 * Math.log(0.9), 12);
    expect(states.values[50]).toBe(-Infinity);
    for (const d of [49, 50, 400]) expect(states.values[401 + d]).toBeCloseTo(d * Math.log(0.9), 10);
  });

  it('reads tokens too, which have no gradient', async () => {
    const xs = tensor(Int32Array.of(0, 2, 1), { shape: [1, 3], device: cpu });
    const table = tensor([[0.5], [0.25], [0.125]], exact);
    const product: Recurrence<Tensor> = { step: (h, x) => h.mul(table.take(x)), init: tensor([[1]], exact), xs };
    const { states, inputs } = await gradientReach(product);
    expect(inputs).toBeUndefined();
    expect([...states.values]).toEqual([0, -2, -5, -6].map((bits) => expect.closeTo(bits * Math.LN2, 12)));
  });

  it('tells of its progress, forward and back, and stops where asked to', async () => {
    const net = scaledRotation(exact, { width: 2, steps: 5, rho: 1 });
    const heard: number[] = [];
    await gradientReach(net, { segment: 2, onProgress: (done) => heard.push(done) });
    expect(heard).toEqual([2, 4, 5, 6, 8, 10]);
    await expect(gradientReach(net, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('says what is wrong', async () => {
    const net = scaledRotation(exact, { width: 2, steps: 5, rho: 1 });
    await expect(gradientReach(net, { segment: 0 })).rejects.toThrow('whole number of steps ≥ 1 as segment, got 0');
    const blowsUp: Recurrence<Tensor> = { step: (h) => h.square(), init: tensor([[10]], exact), steps: 20 };
    await expect(gradientReach(blowsUp)).rejects.toThrow('is not a finite number; look at statesOverTime');
  });
});

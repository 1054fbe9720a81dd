import {
  cos,
  mul,
  normal,
  parameter,
  realize,
  Rng,
  sum,
  type Tensor,
  tensor,
  cast,
  valueAndGrad,
} from '@hairpin/tensors';
import { checkGradient, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { odeintBounded } from '../../src/ode/bounded';
import { odeint } from '../../src/ode/odeint';

const draw = (seed: number, shape: number[], scale = 1) => mul(cast(normal(new Rng(seed), shape), 'f64'), scale);
const net = {
  w1: parameter(draw(1, [3, 5], 0.6)),
  b1: parameter(draw(2, [5], 0.3)),
  w2: parameter(draw(3, [5, 3], 0.6)),
};
/** A small network whose rate changes with time. */
const f = (t: Tensor, y: Tensor) => y.matmul(net.w1).add(net.b1).tanh().matmul(net.w2).mul(cos(t).add(0.5));
const y0 = draw(4, [2, 3]);
const times = [
  [0, 0.7, 2],
  [1, 0.5, -0.4],
];
const weights = draw(5, [2, 3, 3]);
const loss = (y: Tensor) => sum(mul(y, y).mul(weights));

type Gradients = { readonly y0: Tensor; readonly parameters: Readonly<Record<string, Tensor>> };

/** Distances between two sets of gradients, the largest of them. */
async function apart(a: Gradients, b: Gradients): Promise<number> {
  await realize(a.y0, b.y0, ...Object.values(a.parameters), ...Object.values(b.parameters));
  const distances = [distance(await a.y0.data(), await b.y0.data())];
  for (const name of Object.keys(b.parameters))
    distances.push(distance(await a.parameters[name].data(), await b.parameters[name].data()));
  return Math.max(...distances);
}

/** The gradient of the loss through an adaptive solution. */
async function adaptive(gradient: 'direct' | 'adjoint', rtol: number): Promise<Gradients> {
  const solution = await odeint(f, y0, times, { rtol, atol: rtol, gradient, parameters: net });
  return solution.pullback(valueAndGrad(loss)(solution.y).grad);
}

/** The gradient of the loss through a solution that `grad` sees through. */
const seenThrough = (solve: (y0: Tensor) => Tensor): Gradients =>
  valueAndGrad((wrt: { y0: Tensor; parameters: typeof net }) => loss(solve(wrt.y0)))({ y0, parameters: net }).grad;

describe('gradients', () => {
  it('adjoint and direct agree to 1e-4 at rtol 1e-8, and the closer the tolerance the better', async () => {
    const [fine, coarse] = [
      await apart(await adaptive('adjoint', 1e-8), await adaptive('direct', 1e-8)),
      await apart(await adaptive('adjoint', 1e-4), await adaptive('direct', 1e-4)),
    ];
    expect(fine).toBeLessThan(1e-4);
    expect(fine).toBeLessThan(coarse / 10);
  });

  it('direct agrees with central differences', async () => {
    const { mesh } = await odeint(f, y0, times, { rtol: 1e-8 });
    await checkGradient((wrt: { y0: Tensor; net: typeof net }) => odeint(f, wrt.y0, times, { mesh }), { y0, net });
  });

  it('the adjoint agrees with central differences of a solution that finds its steps anew', async () => {
    const { y0: dy0, parameters } = await adaptive('adjoint', 1e-9);
    const at = async () => loss((await odeint(f, y0, times, { rtol: 1e-10, atol: 1e-10 })).y).item();
    for (const [name, p] of Object.entries(net)) {
      const values = Float64Array.from(await p.data());
      const nudged = async (by: number) => {
        p.assign(tensor(values.with(1, values[1] + by), { shape: p.shape }));
        return at();
      };
      const difference = ((await nudged(1e-4)) - (await nudged(-1e-4))) / 2e-4;
      await nudged(0);
      expect(Math.abs((await parameters[name].data())[1] - difference)).toBeLessThan(
        1e-5 * Math.max(1, Math.abs(difference)),
      );
    }
    expect(dy0.shape).toEqual([2, 3]);
  });

  it('within a number of steps: direct is that of the search, adjoint agrees to the tolerance', async () => {
    const options = { rtol: 1e-8, atol: 1e-8, maxSteps: 60 };
    const direct = seenThrough((y) => odeintBounded(f, y, times, options).y);
    expect(await apart(direct, await adaptive('direct', 1e-8))).toBeLessThan(1e-12);
    const adjoint = seenThrough(
      (y) => odeintBounded(f, y, times, { ...options, gradient: 'adjoint', parameters: net }).y,
    );
    expect(await apart(adjoint, direct)).toBeLessThan(1e-6);
  });

  it('of fixed steps: the two come closer as the fourth power of the step, with rk4', async () => {
    const differ = async (steps: number) => {
      const solve = (gradient: 'direct' | 'adjoint') =>
        seenThrough((y) => odeint(f, y, times, { method: 'rk4', steps, gradient, parameters: net }));
      return apart(solve('adjoint'), solve('direct'));
    };
    const [coarse, fine] = [await differ(8), await differ(16)];
    expect(fine).toBeLessThan(1e-4);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(3.5);
  });

  it('by hand: y′ = −w·y has dL/dw = −t·exp(−w·t)', async () => {
    const w = parameter(tensor([0.7], { dtype: 'f64' }));
    const decay = (_: Tensor, y: Tensor) => mul(y, w).neg();
    const solution = await odeint(decay, tensor([[1]], { dtype: 'f64' }), [0, 2], {
      rtol: 1e-9,
      atol: 1e-10,
      gradient: 'adjoint',
      parameters: { w },
    });
    const { y0: dy0, parameters: found } = await solution.pullback(tensor([[[0], [1]]], { dtype: 'f64' }));
    expect((await dy0.data())[0]).toBeCloseTo(Math.exp(-1.4), 7);
    expect((await found.w.data())[0]).toBeCloseTo(-2 * Math.exp(-1.4), 7);
  });
});

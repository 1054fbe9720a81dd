import { concat, cos, grad, mul, slice, sub, sum, type Tensor, tensor } from '@hairpin/tensors';
import { checkGradient } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { odeint } from '../../src/ode/odeint';
import { dormandPrince, type Tableau, tableaus } from '../../src/ode/tableau';
import { same } from '../support';

const f64 = (values: readonly number[] | readonly (readonly number[])[]) =>
  tensor(values as number[], { dtype: 'f64' });

/** Heun's method of order 2, as somebody would add it. */
const heun: Tableau = { order: 2, c: [0, 1], a: [[], [1]], b: [1 / 2, 1 / 2] };

/** y′ = y·cos t, y = exp(sin t). */
const problem = (t: Tensor, y: Tensor) => mul(y, cos(t));
const solution = (t: number) => Math.exp(Math.sin(t));

const methods: [string, Tableau][] = Object.entries({ ...tableaus, heun, dormandPrince });

describe('methods of fixed steps', () => {
  it.each(methods)('%s: the error shrinks with its order', async (_, tableau) => {
    const error = async (steps: number) =>
      Math.abs((await odeint(problem, f64([[1]]), [0, 1.5], { method: tableau, steps }).data())[1] - solution(1.5));
    const n = tableau.order > 3 ? 64 : 256; // few enough that rounding, about 1e-15, stays below the error
    const order = Math.log2((await error(n)) / (await error(2 * n)));
    expect(Math.abs(order - tableau.order)).toBeLessThan(0.1);
  });

  it.each(methods)('%s: weights of a stage add up to its place, and those of the result to 1', (_, { a, b, c }) => {
    const total = (row: readonly number[]) => row.reduce((x, y) => x + y, 0);
    a.forEach((row, i) => expect(total(row)).toBeCloseTo(c[i], 14));
    expect(total(b)).toBeCloseTo(1, 14);
  });

  it('one step of Euler and one of the midpoint, by hand', async () => {
    const f = (t: Tensor, y: Tensor) => sub(y, t); // from y = 2 at t = 1, a step of ½
    const at = (method: 'euler' | 'midpoint') => odeint(f, f64([[2]]), [1, 1.5], { method }).data();
    expect(Array.from(await at('euler'))).toEqual([2, 2.5]); // slope 1
    expect(Array.from(await at('midpoint'))).toEqual([2, 2.5]); // 2.25 − 1.25 is 1 too
    const g = (t: Tensor, y: Tensor) => mul(t, y);
    const other = odeint(g, f64([[2]]), [1, 1.5], { method: 'midpoint' });
    expect(Array.from(await other.data())).toEqual([2, 2 + 0.5 * (1.25 * 2.5)]);
  });

  it('each row has its own times, forth or back, and is what it is alone', async () => {
    const y0 = f64([[1], [2], [3]]);
    const times = [
      [0, 0.5, 2],
      [2, 1, 0],
      [1, 1, 1],
    ];
    const together = odeint(problem, y0, times, { method: 'rk4', steps: 20 });
    expect(together.shape).toEqual([3, 3, 1]);
    const exact = times.flatMap((row, i) => row.map((t) => ((i + 1) * solution(t)) / solution(row[0])));
    const found = await together.data();
    exact.forEach((y, i) => expect(found[i]).toBeCloseTo(y, 6));
    const alone = times.map((row, i) => odeint(problem, slice(y0, [i], [i + 1]), row, { method: 'rk4', steps: 20 }));
    await same(together, concat(alone, 0), 1e-15);
  });

  it('several dimensions, and a time that is a tensor', async () => {
    const turn = (_: Tensor, y: Tensor) =>
      y.matmul(
        f64([
          [0, -1],
          [1, 0],
        ]),
      ); // (cos t, sin t)′, with rows as states
    const times = f64([0, Math.PI / 2]);
    const y = await odeint(turn, f64([[1, 0]]), times, { method: 'rk4', steps: 64 }).data();
    [1, 0, 0, -1].forEach((value, i) => expect(y[i]).toBeCloseTo(value, 7));
  });

  it('stepSize is the largest step', async () => {
    const by = (options: object) => odeint(problem, f64([[1]]), [0, 0.3, 0.5], { method: 'rk4', ...options });
    await same(by({ stepSize: 0.1 }), by({ steps: 3 }), 0);
    await same(by({ stepSize: 0.11 }), by({ steps: 3 }), 0);
    await same(by({ stepSize: 0.29 }), by({ steps: 2 }), 0);
    expect(() => odeint(problem, f64([[1]]), f64([0, 1]), { method: 'euler', stepSize: 0.1 })).toThrow('`steps`');
    expect(() => by({ steps: 0 })).toThrow('steps to be a whole number ≥ 1, got 0');
  });

  it('the gradient of state, times and what f captures', async () => {
    const wrt = {
      y0: f64([
        [0.5, -1],
        [1, 0.3],
      ]),
      w: f64([
        [0.2, 0.7],
        [-0.4, 0.1],
      ]),
      times: f64([
        [0, 0.3, 1],
        [2, 1.5, 1],
      ]),
    };
    await checkGradient(
      ({ y0, w, times }: typeof wrt) =>
        odeint((t, y) => y.matmul(w).tanh().mul(cos(t)), y0, times, { method: 'rk4', steps: 2 }),
      wrt,
    );
  });

  it('by hand: two Euler steps of y′ = −w·y have the gradient −(1 − w/2) by w', async () => {
    const loss = (w: Tensor) =>
      sum(odeint((_, y) => mul(y, w).neg(), f64([[1]]), [0, 1], { method: 'euler', steps: 2 }));
    const dw = await grad(loss)(f64([[0.6]])).data(); // 1 + (1 − w/2)²
    expect(dw[0]).toBeCloseTo(-(1 - 0.3), 15);
  });

  it('refuses what does not fit, and says what would', () => {
    const run = (y0: Tensor, times: number[] | number[][]) => () => odeint(problem, y0, times, { method: 'euler' });
    expect(run(f64([1]), [0, 1])).toThrow('a state [batch, dim], got [1]');
    expect(
      run(f64([[1]]), [
        [0, 1],
        [0, 1],
      ]),
    ).toThrow('[1, observations], one at least, got [2, 2]');
    expect(run(f64([[1]]), [])).toThrow('one at least, got [0]');
    expect(run(f64([[1]]), [0, 2, 1])).toThrow('got 2 and then 1 in row 0 at 2');
    expect(
      run(f64([[1], [1]]), [
        [0, 1, 2],
        [0, 0, -1],
      ]),
    ).not.toThrow();
    expect(run(f64([[1]]), [0, NaN])).toThrow('got 0 and then NaN in row 0 at 1');
    const wide = (_: Tensor, y: Tensor) => concat([y, y], 1);
    expect(() => odeint(wide, f64([[1]]), [0, 1], { method: 'euler' })).toThrow('f(t, y) to be Tensor(f64[1, 1])');
  });
});

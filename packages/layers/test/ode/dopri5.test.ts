import { compile, concat, cos, mul, sin, slice, sub, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { odeintBounded } from '../../src/ode/bounded';
import type { Field } from '../../src/ode/dynamics';
import { NotFiniteSlope, StiffnessError, TimesError, TooManySteps } from '../../src/ode/errors';
import { type AdaptiveOptions, odeint } from '../../src/ode/odeint';
import { dormandPrince } from '../../src/ode/tableau';
import { same } from '../support';

const f64 = (values: readonly number[] | readonly (readonly number[])[]) =>
  tensor(values as number[], { dtype: 'f64' });
const grid = (from: number, to: number, n: number) =>
  Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n);

/** Equations with a solution in closed form. */
const problems: Record<string, { f: Field; y0: number[]; at: (t: number) => number[]; end: number }> = {
  'exponential decay': { f: (_, y) => mul(y, -1), y0: [1], at: (t) => [Math.exp(-t)], end: 5 },
  'harmonic oscillator': {
    f: (_, y) =>
      y.matmul(
        f64([
          [0, -1],
          [1, 0],
        ]),
      ),
    ...{ y0: [1, 0], at: (t) => [Math.cos(t), -Math.sin(t)], end: 2 * Math.PI },
  },
  'logistic growth': {
    f: (_, y) => mul(y, sub(1, y)),
    ...{ y0: [0.1], at: (t) => [1 / (1 + 9 * Math.exp(-t))], end: 8 },
  },
  'a rate that changes with time': {
    f: (t, y) => mul(y, cos(t)),
    ...{ y0: [1], at: (t) => [Math.exp(Math.sin(t))], end: 6 },
  },
};

/** The largest error at twenty observations in units of atol + rtol·|y|. */
async function errorInTolerances(name: string, rtol: number): Promise<number> {
  const { f, y0, at, end } = problems[name];
  const times = grid(0, end, 20);
  const { y } = await odeint(f, f64([y0]), times, { rtol, atol: rtol });
  const found = await y.data();
  const errors = times.flatMap((t, i) =>
    at(t).map((exact, d) => Math.abs(found[i * y0.length + d] - exact) / (rtol + rtol * Math.abs(exact))),
  );
  return Math.max(...errors);
}

describe('Dormand–Prince with steps of its own', () => {
  describe.each(Object.keys(problems))('%s', (name) => {
    it.each([1e-4, 1e-6, 1e-8, 1e-10])('is within ten times the tolerance %s', async (rtol) => {
      const worst = await errorInTolerances(name, rtol);
      expect(worst).toBeLessThan(10);
    });
  });

  it('takes the number of steps that theory says', async () => {
    // For y′ = −y a step multiplies y by a polynomial of h and its error estimate by another: worked out here in plain numbers.
    const { c, a, b, error } = dormandPrince;
    const dot = (weights: readonly number[], k: readonly number[]) => weights.reduce((sum, w, i) => sum + w * k[i], 0);
    const ratio = (h: number, rtol: number) => {
      const k: number[] = [];
      c.forEach((_, i) => k.push(-1 - h * dot(a[i], k)));
      k.push(-1 - h * dot(b, k));
      return Math.abs(h * dot(error, k)) / rtol;
    };
    for (const rtol of [1e-6, 1e-9]) {
      let h = 1e-4;
      while (ratio(h, rtol) < 0.9 ** 5) h *= 1.01; // where 0.9·ratio^(−1/5) is 1, the step stays
      const decay = await odeint((_, y) => mul(y, -1), f64([[1]]), [0, 10], { rtol, atol: 1e-30 });
      const [accepted, rejected] = [(await decay.accepted.data())[0], (await decay.rejected.data())[0]];
      expect(Math.abs(accepted - 10 / h)).toBeLessThan(0.1 * (10 / h) + 3); // 3: the first steps find their size
      expect(rejected).toBeLessThan(5);
      expect((await decay.evaluations.data())[0]).toBe(2 + 6 * (accepted + rejected));
    }
  });

  it('each trajectory takes the steps that it takes alone', async () => {
    const f = (t: Tensor, y: Tensor) => mul(mul(sub(1, y), y), cos(mul(t, 3)));
    const y0 = f64([
      [0.1, 0.7],
      [0.5, 0.9],
      [1, 1],
    ]);
    const times = [
      [0, 0.5, 10],
      [3, 2, -1],
      [1, 1, 1],
    ];
    const together = await odeint(f, y0, times, { rtol: 1e-7 });
    const alone = await Promise.all(
      times.map((row, i) => odeint(f, slice(y0, [i], [i + 1]), row, { rtol: 1e-7, chunk: 5 })),
    );
    await same(
      together.y,
      concat(
        alone.map(({ y }) => y),
        0,
      ),
      0,
    );
    for (const count of ['accepted', 'rejected', 'evaluations'] as const)
      await same(
        together[count],
        concat(
          alone.map((one) => one[count]),
          0,
        ),
        0,
      );
    const [first, second, third] = await together.accepted.data();
    expect(new Set([first, second, third]).size).toBe(3);
    expect(third).toBe(0); // it is at its end from the start
  });

  it('back in time is the way it came', async () => {
    const f = (t: Tensor, y: Tensor) => mul(y, cos(t));
    const there = await odeint(f, f64([[1]]), [0, 3], { rtol: 1e-9 });
    const back = await odeint(f, f64([[(await there.y.data())[1]]]), [3, 1, 0], { rtol: 1e-9 });
    const [, middle, end] = await back.y.data();
    expect(Math.abs(middle - Math.exp(Math.sin(1)))).toBeLessThan(1e-6);
    expect(Math.abs(end - 1)).toBeLessThan(1e-6);
  });

  it('between its steps it is as exact as at them, wherever observations lie', async () => {
    const { f, at } = problems['harmonic oscillator'];
    const coarse = await odeint(f, f64([[1, 0]]), [0, 6], { rtol: 1e-6, atol: 1e-6 });
    const dense = await odeint(f, f64([[1, 0]]), grid(0, 6, 500), { rtol: 1e-6, atol: 1e-6 });
    await same(dense.accepted, coarse.accepted, 0); // observations cost no steps
    const found = await dense.y.data();
    const worst = Math.max(...grid(0, 6, 500).map((t, i) => Math.abs(found[2 * i] - at(t)[0])));
    expect(worst).toBeLessThan(1e-5);
    expect(Array.from(found.slice(-2))).toEqual(Array.from((await coarse.y.data()).slice(-2)));
  });

  it('keeps within maxStep, and starts with firstStep', async () => {
    const slow = (_: Tensor, y: Tensor) => mul(y, 0.01);
    const { accepted, mesh, evaluations } = await odeint(slow, f64([[1]]), [0, 10], { maxStep: 0.5, firstStep: 0.25 });
    const h = Array.from(await mesh.h.data()).filter((size) => size !== 0);
    expect(h[0]).toBe(0.25);
    expect(Math.max(...h)).toBe(0.5);
    expect((await accepted.data())[0]).toBe(h.length);
    expect((await evaluations.data())[0]).toBe(1 + 6 * h.length);
  });

  it('an observation at the start, twice, is the start', async () => {
    const { y } = await odeint((_, y) => mul(y, -1), f64([[2]]), [1, 1, 2]);
    expect(Array.from((await y.data()).slice(0, 2))).toEqual([2, 2]);
  });
});

describe('what cannot be solved is refused', () => {
  const refused = (f: Field, times: number[], options: AdaptiveOptions = {}) =>
    odeint(f, f64([[0.5], [1]]), times, options).then(
      () => Promise.reject(new Error('expected it to be refused')),
      (error: unknown) => error as Error & { at: Record<string, number> },
    );
  const stiff: Field = (t, y) => mul(sub(y, cos(t)), -1e6); // λ = −10⁶

  it('a stiff equation: its steps are held down by stability', async () => {
    const error = await refused(stiff, [0, 2], { maxSteps: 1500 });
    expect(error).toBeInstanceOf(StiffnessError);
    expect(error.message).toMatch(/1500 steps did not reach the end.*by stability.*rtol 0.00001, atol 1e-7.*Loosen/);
    expect(error.at.step * 1e6).toBeGreaterThan(2); // |h·λ| at the border of stability
    expect(error.at.step * 1e6).toBeLessThan(4);
    expect(error.at.stability).toBeCloseTo(error.at.step * 1e6, 6);
    expect(error.at.time).toBeLessThan(0.01);
    expect(error.at.stateNorm).toBeCloseTo(1, 3);
  });

  it('a stiff equation and a smallest step: the step underflows', async () => {
    const error = await refused(stiff, [0, 2], { minStep: 1e-4 });
    expect(error).toBeInstanceOf(StiffnessError);
    expect(error.message).toMatch(/the step fell below the smallest one allowed, 0.0001, in row 0 at t = /);
  });

  it('a solution that runs to infinity: y′ = y² from 1 ends at t = 1, that from ½ goes on to 2', async () => {
    const error = await refused((_, y) => mul(y, y), [0, 1.5]);
    expect(error).toBeInstanceOf(StiffnessError);
    expect(error.at.row).toBe(1);
    expect(error.at.time).toBeCloseTo(1, 4);
  });

  it('too many steps, for accuracy alone', async () => {
    const error = await refused((t, y) => mul(y, sin(mul(t, 1000))), [0, 20], { maxSteps: 100 });
    expect(error).toBeInstanceOf(TooManySteps);
    expect(error.message).toMatch(/100 steps reach t = 0\.\d+ of 20 in row 0.*maxSteps/);
  });

  it('a slope that is NaN beyond t = 1, or from the start', async () => {
    const error = await refused((t, y) => sub(1, t).log().add(y), [0, 2]);
    expect(error).toBeInstanceOf(NotFiniteSlope);
    expect(error.at.time).toBeCloseTo(1, 6);
    expect(await refused((_, y) => mul(y, -1).log(), [0, 2])).toBeInstanceOf(NotFiniteSlope);
  });

  it('times that turn back, numbers and tensors', async () => {
    const run = (times: number[] | Tensor) => async () => odeint((_, y) => y, f64([[1]]), times);
    await expect(run([0, 1, 0.5])).rejects.toThrow(TimesError);
    await expect(run(f64([0, 1, 0.5]))).rejects.toThrow('got 1 and then 0.5 in row 0 at 2');
    await expect(run([0, 1, 0])).rejects.toThrow(TimesError);
    await expect(run([0, Infinity])).rejects.toThrow('got 0 and then Infinity in row 0 at 1');
  });

  it('options that are none, and a call inside compile', async () => {
    const run = (options: AdaptiveOptions) => () => odeint((_, y) => y, f64([[1]]), [0, 1], options);
    await expect(run({ rtol: 0 })).rejects.toThrow('rtol above 0, got 0');
    await expect(run({ chunk: 0 })).rejects.toThrow('chunk to be a whole number of steps ≥ 1, got 0');
    await expect(run({ gradient: 'adjoint' })).rejects.toThrow('needs the `parameters` that f uses');
    const inside = compile((y: Tensor) => (odeint((_, x) => x, y, [0, 1]), y));
    await expect(inside(f64([[1]]))).rejects.toThrow('odeintBounded(f, y0, times, { maxSteps })');
  });
});

describe('within a number of steps', () => {
  const f = (t: Tensor, y: Tensor) => mul(mul(sub(1, y), y), cos(mul(t, 3)));
  const y0 = f64([
    [0.1, 0.7],
    [0.5, 0.9],
  ]);
  const times = [
    [0, 0.5, 4],
    [3, 2, 1],
  ];

  it('it is what the search in chunks finds', async () => {
    const [bounded, searched] = [odeintBounded(f, y0, times, { maxSteps: 60 }), await odeint(f, y0, times)];
    await same(bounded.y, searched.y, 1e-14);
    for (const count of ['accepted', 'rejected', 'evaluations'] as const)
      await same(bounded[count], searched[count], 0);
    expect(Array.from(await bounded.arrived.data())).toEqual([1, 1]);
    await same(odeint(f, y0, times, { mesh: searched.mesh }), searched.y, 1e-14);
  });

  it('what they do not reach is NaN', async () => {
    const { y, arrived } = odeintBounded(f, y0, times, { maxSteps: 12 });
    expect(Array.from(await arrived.data())).toEqual([0, 1]);
    const found = Array.from(await y.data());
    expect(found.slice(0, 2)).toEqual([0.1, 0.7]);
    expect(found.slice(4, 6)).toEqual([NaN, NaN]);
    expect(found.slice(6).every(Number.isFinite)).toBe(true);
  });
});

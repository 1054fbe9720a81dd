import { type Context, matmul, openDevice, scan, slice, sum, tanh, type Tensor, tensor, zeros } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { outputJacobian } from '../../src/index';
import { normals, type Place } from './recurrences';

const exact: Place = { device: await openDevice('cpu'), dtype: 'f64' };
const random = (seed: number, ...shape: number[]) =>
  tensor(
    normals(
      seed,
      shape.reduce((a, b) => a * b),
      1,
    ),
    { shape, ...exact },
  );
const [w, u] = [random(1, 2, 3), random(2, 3, 3)];
const net = (x: Tensor) =>
  scan<Tensor, Tensor, Tensor>(
    (h, step) => {
      const next = tanh(matmul(step, w).add(matmul(h, u)));
      return [next, next];
    },
    zeros([x.shape[0], 3], exact),
    x,
  )[1];

describe('outputJacobian', () => {
  const x = random(3, 1, 5, 2);

  it('holds the derivatives that differences say, and none of the future', async () => {
    const { values, shape, norms } = await outputJacobian(net, x, { at: [1, 4], batchSize: 4 });
    expect(shape).toEqual([2, 3, 5, 2]);
    expect(norms.shape).toEqual([2, 5]);
    const numbers = Float64Array.from(await x.data());
    for (let i = 0; i < 10; i++) {
      const y = async (by: number) =>
        net(
          tensor(
            numbers.map((value, k) => value + (k === i ? by : 0)),
            { shape: [1, 5, 2], ...exact },
          ),
        ).data();
      const [up, down] = [await y(1e-6), await y(-1e-6)];
      for (const [k, t] of [1, 4].entries())
        for (let o = 0; o < 3; o++)
          expect(values[(k * 3 + o) * 10 + i]).toBeCloseTo((up[t * 3 + o] - down[t * 3 + o]) / 2e-6, 8);
    }
    expect([...norms.values.slice(2, 5)]).toEqual([0, 0, 0]);
    const block = [0, 1, 2].flatMap((o) => [...values.slice(o * 10, o * 10 + 2)]); // ∂y₁/∂x₀
    expect(norms.values[0]).toBeCloseTo(Math.hypot(...block), 12);
  });

  it('of one answer is that of the answer, and reads a context', async () => {
    const model = (own: Tensor, context?: Context) => sum(own.mul(context!.given!.factor), [1]);
    const factor = random(4, 1, 5, 2);
    const { values, shape } = await outputJacobian(model, x, { context: { given: { factor } } });
    expect(shape).toEqual([1, 2, 5, 2]);
    const f = await factor.data();
    expect([...values].map((value) => value + 0)).toEqual(
      [0, 1].flatMap((o) => [...f].map((value, i) => (i % 2 === o ? value : 0))),
    );
  });

  it('says what it wants', async () => {
    await expect(outputJacobian(net, random(3, 2, 5, 2))).rejects.toThrow('one sequence [1, length, channels]');
    await expect(outputJacobian(net, x, { at: [5] })).rejects.toThrow('positions from 0 to 4, got 5');
    await expect(outputJacobian((own) => slice(own, [0], [1]).reshape([10]), x)).rejects.toThrow('[1, outputs]');
  });
});

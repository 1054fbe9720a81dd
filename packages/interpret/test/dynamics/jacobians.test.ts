import { concat, matmul, openDevice, sigmoid, tanh, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { jacobianProduct, type Recurrence, stateJacobians, statesOverTime } from '../../src/index';
import { henon, normals, type Place, scaledRotation } from './recurrences';

const exact: Place = { device: await openDevice('cpu'), dtype: 'f64' };

/** A state of two tensors of two widths, each reaching the other, the keys of the next one in another order. */
function twoTensors(steps: number): Recurrence<{ a: Tensor; b: Tensor }> {
  const random = (seed: number, ...shape: [number, number]) => tensor(normals(seed, ...shape), { shape, ...exact });
  const [u, v] = [random(1, 6, 3), random(2, 5, 2)];
  return {
    step: ({ a, b }, x) => {
      const next = tanh(matmul(concat([a, b, x], 1), u));
      return { b: sigmoid(matmul(concat([next, b], 1), v)).mul(b), a: next };
    },
    init: { a: random(3, 2, 3), b: random(4, 2, 2) },
    xs: tensor(normals(5, 2 * steps, 1), { shape: [2, steps, 1], ...exact }),
  };
}

describe('statesOverTime', () => {
  it('puts the first state and that after each step side by side', async () => {
    const { values, shape, parts } = await statesOverTime(henon(exact, 3));
    expect(shape).toEqual([1, 4, 2]);
    expect(parts).toEqual([
      { path: 'x', width: 1 },
      { path: 'y', width: 1 },
    ]);
    const expected = [[0.1, 0.1]];
    for (let i = 0; i < 3; i++) expected.push([1 - 1.4 * expected[i][0] ** 2 + expected[i][1], 0.3 * expected[i][0]]);
    expected.flat().forEach((value, i) => expect(values[i]).toBeCloseTo(value, 14));
  });

  it('does not depend on the segments', async () => {
    const whole = await statesOverTime(twoTensors(11));
    expect(whole.shape).toEqual([2, 12, 5]);
    expect((await statesOverTime(twoTensors(11), { segment: 4 })).values).toEqual(whole.values);
  });
});

describe('a state of nests in nests', () => {
  it('is laid out by its paths', async () => {
    const at = (...values: number[]) => tensor([values], exact);
    const net: Recurrence<{ low: { h: Tensor }; high: Tensor[] }> = {
      step: ({ low, high }) => ({
        high: [high[0].add(low.h.sum(1).reshape([-1, 1])), high[1]],
        low: { h: low.h.mul(2) },
      }),
      init: { low: { h: at(1, 2) }, high: [at(5), at(7)] },
      steps: 2,
    };
    const { values, parts } = await statesOverTime(net);
    expect(parts.map(({ path }) => path)).toEqual(['low.h', 'high.0', 'high.1']);
    expect([...values]).toEqual([1, 2, 5, 7, 2, 4, 8, 7, 4, 8, 14, 7]);
    const jacobian = [2, 0, 0, 0, 0, 2, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1];
    expect([...(await stateJacobians(net)).values]).toEqual([...jacobian, ...jacobian]);
  });
});

describe('stateJacobians', () => {
  it('are the derivatives of the Hénon map', async () => {
    const map = henon(exact, 600);
    const states = (await statesOverTime(map)).values;
    const { values, shape } = await stateJacobians(map);
    expect(shape).toEqual([1, 600, 2, 2]);
    for (const t of [0, 1, 511, 512, 599])
      expect([...values.slice(4 * t, 4 * t + 4)]).toEqual([expect.closeTo(-2.8 * states[2 * t], 12), 1, 0.3, 0]);
  });

  it('reach from every tensor of the state to every other, as differences do', async () => {
    const net = twoTensors(4);
    const states = await statesOverTime(net);
    const { values, shape } = await stateJacobians(net);
    expect(shape).toEqual([2, 4, 5, 5]);
    const step = 1e-6;
    const xs = await net.xs!.data();
    for (const [row, t] of [
      [0, 0],
      [1, 3],
      [1, 2],
    ])
      // prettier-ignore
      for (let j = 0; j < 5; j++) {
        const after = async (by: number) => {
          const h = states.values.slice((row * 5 + t) * 5, (row * 5 + t) * 5 + 5);
          h[j] += by;
          const init = { a: tensor([[...h.slice(0, 3)]], exact), b: tensor([[...h.slice(3)]], exact) };
          const next = net.step(init, tensor([[xs[row * 4 + t]]], exact));
          return [...(await next.a.data()), ...(await next.b.data())];
        };
        const [up, down] = [await after(step), await after(-step)];
        for (let i = 0; i < 5; i++)
          expect(values[((row * 4 + t) * 5 + i) * 5 + j]).toBeCloseTo((up[i] - down[i]) / (2 * step), 8);
      }
  });
});

describe('jacobianProduct', () => {
  it('multiplies from the right to the left', async () => {
    const jacobians = { values: [1, 2, 0, 1, 3, 0, 0, 1], shape: [1, 2, 2, 2] };
    const { matrix, logScale } = await jacobianProduct(jacobians); // diag(3, 1) · [[1, 2], [0, 1]] = [[3, 6], [0, 1]]
    expect(matrix.flat().map((value) => value * Math.exp(logScale))).toEqual(
      [3, 6, 0, 1].map((v) => expect.closeTo(v, 12)),
    );
    const first = await jacobianProduct(jacobians, { to: 1 });
    expect(first.matrix.flat().map((value) => value * Math.exp(first.logScale))).toEqual(
      [1, 2, 0, 1].map((v) => expect.closeTo(v, 12)),
    );
    expect((await jacobianProduct(jacobians, { from: 1, to: 1 })).matrix).toEqual([[1, 0], [0, 1]]); // prettier-ignore
  });

  it('does not overflow, nor lose what vanishes', async () => {
    for (const rho of [3, 0.1]) {
      const jacobians = await stateJacobians(scaledRotation(exact, { width: 3, steps: 1000, rho }));
      for (const log of (await jacobianProduct(jacobians)).logSingularValues)
        expect(log / 1000).toBeCloseTo(Math.log(rho), 12);
    }
    const dead = await jacobianProduct({ values: [0], shape: [1, 1, 1, 1] });
    expect([dead.logScale, ...dead.logSingularValues]).toEqual([-Infinity, -Infinity]);
  });

  it('names the shape that it wants, and the steps that are missing', async () => {
    const jacobians = { values: [1], shape: [1, 1, 1, 1] };
    await expect(jacobianProduct({ values: [1], shape: [1, 1] })).rejects.toThrow(
      'of shape [batch, steps, width, width], got [1, 1]',
    );
    await expect(jacobianProduct(jacobians, { to: 2 })).rejects.toThrow('no steps 0 to 2 of row 0 in [1, 1, 1, 1]');
  });
});

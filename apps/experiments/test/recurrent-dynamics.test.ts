import { gradientReach, lyapunovSpectrum, stateJacobians, statesOverTime } from '@hairpin/interpret';
import { tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { cells, running } from './recurrent-dynamics';

/** A state of a cell from its joint vector. */
const stateOf = (parts: readonly { path: string; width: number }[], joint: Float64Array) => {
  let at = 0;
  return Object.fromEntries(
    parts.map(({ path, width }) => [path, tensor([[...joint.slice(at, (at += width))]], { dtype: 'f64' })]),
  );
};

describe.each(Object.entries(cells))('%s', (_, make) => {
  it('has the Jacobians that differences say', async () => {
    const net = running(make('f64'), { batch: 2, steps: 3, dtype: 'f64' });
    const { values: states, shape, parts } = await statesOverTime(net);
    const { values } = await stateJacobians(net);
    const [, , width] = shape;
    const xs = await net.xs.data();
    const [row, t, by] = [1, 2, 1e-6];
    const x = tensor([[...xs.slice((row * 3 + t) * 2, (row * 3 + t + 1) * 2)]], { dtype: 'f64' });
    const after = async (j: number, change: number) => {
      const h = states.slice((row * 4 + t) * width, (row * 4 + t + 1) * width);
      h[j] += change;
      const next = net.step(stateOf(parts, h), x);
      return (await Promise.all(parts.map(({ path }) => next[path].data()))).flatMap((part) => [...part]);
    };
    for (let j = 0; j < width; j++) {
      const [up, down] = [await after(j, by), await after(j, -by)];
      for (let i = 0; i < width; i++)
        expect(values[((row * 3 + t) * width + i) * width + j]).toBeCloseTo((up[i] - down[i]) / (2 * by), 8);
    }
  });

  it('has exponents that sum to the mean log |det|, and a gradient that falls by the largest', async () => {
    const steps = 600;
    const net = running(make('f64'), { batch: 1, steps, dtype: 'f64' });
    const { exponents, meanLogDeterminant } = await lyapunovSpectrum(net);
    const sum = exponents.reduce((total, exponent) => total + exponent, 0);
    expect(Math.abs(sum / meanLogDeterminant! - 1)).toBeLessThan(1e-9);
    const { states } = await gradientReach(net);
    const slope = (states.values[steps] - states.values[50]) / (steps - 50);
    expect(Math.abs(slope / exponents[0] - 1)).toBeLessThan(0.02);
  });
});

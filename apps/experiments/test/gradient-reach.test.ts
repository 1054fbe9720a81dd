import { pendulumEigenvalue } from '@hairpin/bio';
import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { backwardStep, forwardStep, growthOf, zeroOf } from '../src/gradient-reach/pendulum';

const cpu = await openDevice('cpu');
beforeAll(() => setDefaultDevice(cpu));

const pendulum = { frequency: 2, damping: 0.1 };

/** The product of two matrices [2 · 2]. */
const product = ([a, b, c, d]: number[], [e, f, g, h]: number[]) => [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]; // prettier-ignore

describe('steps of a pendulum', () => {
  it('forward: the angle moves by h times the velocity, the velocity by what pulls and drags', () => {
    expect(forwardStep(pendulum, 0.5)).toEqual([1, 0.5, -2, 0.8]); // −0.5·2², 1 − 0.5·2·0.1·2
  });

  it('backward: what a forward step of −h takes back', () => {
    const identity = product(forwardStep(pendulum, -0.5), backwardStep(pendulum, 0.5));
    [1, 0, 0, 1].forEach((entry, i) => expect(identity[i]).toBeCloseTo(entry, 12));
  });

  it('grow by ln |1 + hλ| under Euler, and fade by Re λ·h under RK4', async () => {
    const { re, im } = pendulumEigenvalue(pendulum);
    const steps = [0.05, 0.12];
    const euler = await growthOf({ method: 'euler', pendulum, steps: 1000 }, steps);
    const rk4 = await growthOf({ method: 'rk4', pendulum, steps: 200 }, steps);
    steps.forEach((h, i) => {
      expect(euler[i]).toBeCloseTo(Math.log(Math.hypot(1 + h * re, h * im)), 4);
      expect(rk4[i]).toBeCloseTo(re * h, 3);
    });
  });
});

it('zeroOf: where the line between two values crosses 0', () => {
  expect(zeroOf([1, 2, 4], [-3, -1, 1])).toBe(3);
  expect(zeroOf([1, 2], [-3, -1])).toBeNaN();
});

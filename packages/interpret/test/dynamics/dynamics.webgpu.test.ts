import { broadcastTo, openDevice, scan, type Tensor } from '@hairpin/tensors';
import { distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { gradientReach, lyapunovSpectrum, outputJacobian, stateJacobians, statesOverTime } from '../../src/index';
import { gpu } from '../webgpu';
import { driven, type Place, scaledRotation } from './recurrences';

const exact: Place = { device: await openDevice('cpu'), dtype: 'f64' };
const onGpu: Place = { device: gpu!, dtype: 'f32' };

describe.skipIf(!gpu)('dynamics on WebGPU', () => {
  it('states and Jacobians are those of the CPU', async () => {
    const size = { width: 6, steps: 40, gain: 1.1, batch: 2 };
    const [net, reference] = [driven(onGpu, size), driven(exact, size)];
    expect(distance((await statesOverTime(net)).values, (await statesOverTime(reference)).values)).toBeLessThan(1e-5);
    const [ours, theirs] = [await stateJacobians(net), await stateJacobians(reference)];
    expect(ours.shape).toEqual(theirs.shape);
    expect(distance(ours.values, theirs.values)).toBeLessThan(1e-5);
  });

  it('ρ times a rotation has the exponents ln ρ', async () => {
    const { exponents } = await lyapunovSpectrum(scaledRotation(onGpu, { width: 16, steps: 600, rho: 0.9 }));
    for (const exponent of exponents) expect(Math.abs(exponent - Math.log(0.9))).toBeLessThan(1e-4);
  });

  it('the gradient over 3 000 steps falls by the largest exponent, to less than e^−600', async () => {
    const steps = 3000;
    const net = driven(onGpu, { width: 8, steps, gain: 1.2 });
    const { states, inputs } = await gradientReach(net);
    const { exponents } = await lyapunovSpectrum(net, { count: 1 });
    const slope = (states.values[steps] - states.values[20]) / (steps - 20);
    expect(states.values[steps]).toBeLessThan(-600);
    expect(Math.abs(slope / exponents[0] - 1)).toBeLessThan(0.02);
    const reference = await gradientReach(driven(exact, { width: 8, steps, gain: 1.2 }));
    expect(distance(states.values, reference.states.values)).toBeLessThan(1e-4);
    expect(distance(inputs!.values, reference.inputs!.values)).toBeLessThan(1e-4);
  });
  it('a gradient that explodes to e^440, or vanishes to e^−640, stays on its line', async () => {
    for (const [rho, steps] of [
      [3, 400],
      [0.2, 400],
    ]) {
      const { states } = await gradientReach(scaledRotation(onGpu, { width: 4, steps, rho, batch: 2 }));
      for (const row of [0, 1])
        for (const d of [100, steps])
          expect((states.values[row * (steps + 1) + d] - Math.log(2)) / d).toBeCloseTo(Math.log(rho), 5);
    }
  });

  it('blocks ∂y/∂x are those of the CPU', async () => {
    const model = ({ device, dtype }: Place) => {
      const { step, init } = driven({ device, dtype }, { width: 5, steps: 1, gain: 1.1 });
      const start = (rows: number) => ({ h: broadcastTo(init.h, [rows, 5]) });
      const body = (state: { h: Tensor }, x: Tensor): [{ h: Tensor }, Tensor] => {
        const next = step(state, x);
        return [next, next.h];
      };
      return (x: Tensor) => scan(body, start(x.shape[0]), x)[1];
    };
    const at = [3, 30];
    const { xs: ours } = driven(onGpu, { width: 5, steps: 40, gain: 1 });
    const { xs: theirs } = driven(exact, { width: 5, steps: 40, gain: 1 });
    const [found, expected] = [
      await outputJacobian(model(onGpu), ours!, { at, batchSize: 4 }),
      await outputJacobian(model(exact), theirs!, { at }),
    ];
    expect(found.shape).toEqual([2, 5, 40, 5]);
    expect(distance(found.values, expected.values)).toBeLessThan(1e-5);
  });

  it('needs no more memory for more steps', async () => {
    const backend = (await gpu!.backend()) as unknown as { residentBytes: number };
    const residentAfter = async (steps: number) => {
      const net = driven(onGpu, { width: 16, steps, gain: 1.2 });
      await lyapunovSpectrum(net, { count: 1 });
      await gradientReach(net);
      await statesOverTime(net);
      return backend.residentBytes;
    };
    const few = await residentAfter(1024);
    expect((await residentAfter(8192)) - few).toBeLessThan(2 ** 20); // xs alone grew by 0.5 MB; Jacobians are 8 MB
  });
});

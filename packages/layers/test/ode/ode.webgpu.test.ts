import { explain, realize, setDefaultDevice, tensor } from '@hairpin/tensors';
import { dispatchesDuring, distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { odeint, odeintBounded } from '../../src/index';
import { gpu, onWebGpu } from '../webgpu';
import { batch, network, rowOf, solveAll, tolerance } from './trajectories';

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it('a fixed method is one loop in one dispatch, whatever the number of steps', async () => {
    const { f } = await network('f32');
    const [y0, at] = [tensor(new Float32Array(3 * batch).fill(0.5), { shape: [batch, 3] }), tensor([0, 0.5, 2])];
    await realize(y0, at);
    const solve = (steps: number) => odeint(f, y0, at, { method: 'rk4', steps });
    const { loops } = await explain(solve(4));
    expect(loops.length).toBe(1);
    expect(loops[0].kernel, loops[0].fallback).toBeDefined();
    const counts = [];
    for (const steps of [4, 32]) counts.push(await dispatchesDuring(gpu!, () => realize(solve(steps))));
    expect(counts[0].scan).toBe(1);
    expect(counts[1]).toEqual(counts[0]);
  });

  it('within a number of steps it is two loops, each one kernel, whatever stands before them', async () => {
    const { f } = await network('f32');
    const y0 = tensor(new Float32Array(12).fill(0.5), { shape: [4, 3] });
    const { loops } = await explain(odeintBounded(f, y0, [0, 2], { ...tolerance, maxSteps: 12 }).y);
    expect(loops.map(({ fallback, length }) => fallback ?? length)).toEqual([12, 12]);
  });

  it('256 trajectories with times of their own in one call are what each is alone, and agree with the CPU', async () => {
    const { solution, f, y0, at } = await solveAll('f32');
    const [accepted, found] = [await solution.accepted.data(), await solution.y.data()];
    expect(new Set(accepted).size).toBeGreaterThan(3);
    for (const i of [0, 101, 255]) {
      const alone = await odeint(f, rowOf(y0, i), rowOf(at, i), tolerance);
      expect((await alone.accepted.data())[0]).toBe(accepted[i]);
      expect(distance(await alone.y.data(), found.slice(18 * i, 18 * (i + 1)))).toBe(0);
    }
    const mesh = await Promise.all([solution.mesh.t.data(), solution.mesh.h.data()]);
    setDefaultDevice(undefined);
    const exact = await solveAll('f64');
    const [t, h] = mesh.map((x) => tensor(Float64Array.from(x), { shape: solution.mesh.t.shape }));
    const [own, along] = [exact.solution.y, odeint(exact.f, exact.y0, exact.at, { mesh: { t, h } })];
    const [ownSteps, sameSteps] = [await own.data(), await along.data()];
    setDefaultDevice(gpu);
    expect(distance(found, ownSteps)).toBeLessThan(1e-4);
    expect(distance(found, sameSteps)).toBeLessThan(3e-6); // along the same steps only rounding is left
  });
});

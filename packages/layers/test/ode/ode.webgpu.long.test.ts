import { compile, mul, realize, sum, type Tensor, valueAndGrad } from '@hairpin/tensors';
import { distance } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { odeint, odeintBounded } from '../../src/index';
import { gpu, onWebGpu } from '../webgpu';
import { network, rowOf, solveAll, tolerance } from './trajectories';

/* Kernels of the gradients of adaptive steps take minutes to compile on a software device. */

describe.skipIf(!gpu)('on WebGPU', () => {
  onWebGpu();

  it('adjoint and direct gradients agree to 1e-2 at rtol 1e-5', async () => {
    const { y0: all, at } = await solveAll('f32');
    const [y0, times] = [all.slice([0], [4]), at.slice([0], [4])];
    const { net, f } = await network('f32');
    const gradients = async (gradient: 'direct' | 'adjoint') => {
      const solution = await odeint(f, y0, times, { ...tolerance, gradient, parameters: net });
      const { y0: dy0, parameters } = await solution.pullback(mul(solution.y, 2));
      const found = [dy0, ...Object.values(parameters)];
      await realize(...found);
      return Promise.all(found.map((g) => g.data()));
    };
    const [direct, adjoint] = [await gradients('direct'), await gradients('adjoint')];
    const distances = direct.map((g, i) => distance(adjoint[i], g));
    console.log(`adjoint and direct: ${distances.map((d) => d.toExponential(1)).join(', ')}`);
    for (const d of distances) expect(d).toBeLessThan(1e-2);
  });

  it('within a number of steps, value and gradient of a compiled step are those of the plain call', async () => {
    const { net, f } = await network('f32');
    const { y0 } = await solveAll('f32');
    const few = y0.slice([0], [4]);
    const step = (y: Tensor) =>
      valueAndGrad((wrt: { y: Tensor; net: typeof net }) => {
        const solved = odeintBounded(f, wrt.y, [0, 2], { ...tolerance, maxSteps: 12 }).y;
        return sum(mul(solved, solved));
      })({ y, net });
    const [compiled, plain] = [await compile(step)(few), step(few)];
    const { y } = await odeint(f, few, [0, 2], tolerance);
    expect(distance([await compiled.value.item()], [await sum(mul(y, y)).item()])).toBeLessThan(1e-5);
    expect(distance(await compiled.grad.y.data(), await plain.grad.y.data())).toBeLessThan(1e-5);
    expect(distance(await compiled.grad.net.w.data(), await plain.grad.net.w.data())).toBeLessThan(1e-5);
  });

  it('each of 256 trajectories is what it is alone, and takes the same steps', async () => {
    const { solution, f, y0, at } = await solveAll('f32');
    const [accepted, found] = [await solution.accepted.data(), await solution.y.data()];
    for (let i = 0; i < accepted.length; i++) {
      const alone = await odeint(f, rowOf(y0, i), rowOf(at, i), tolerance);
      expect((await alone.accepted.data())[0]).toBe(accepted[i]);
      expect(distance(await alone.y.data(), found.slice(18 * i, 18 * (i + 1)))).toBe(0);
    }
  });
});

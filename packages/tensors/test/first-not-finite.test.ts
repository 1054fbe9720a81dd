import { afterAll, describe, expect, it } from 'vitest';
import { div, exp, firstNotFinite, log, matmul, mul, scan, sum, tap, tensor, type Tensor } from '../src/index';
import { closeDevices, devices } from '../src/testing/index';

const all = await devices();

for (const { name, device } of all)
  describe.skipIf(!device)(`the search for the first bad number on ${name}`, () => {
    const of = (values: number[], shape: number[] = [values.length]) =>
      tensor(Float32Array.from(values), { shape, device: device! });

    it('finds nothing where all is well', async () => {
      expect(await firstNotFinite(sum(exp(of([1, 2, 3]))))).toBeUndefined();
    });

    it('names the op that made it, not those that passed it on', async () => {
      const x = of([1, 200]);
      expect(await firstNotFinite(sum(mul(exp(x), 2)))).toEqual({ op: 'exp', shape: [2], tap: undefined });
      expect(await firstNotFinite(log(of([1, 0])))).toMatchObject({ op: 'log' });
      expect(await firstNotFinite(div(of([0]), of([0])))).toMatchObject({ op: 'div' });
      expect(await firstNotFinite(matmul(of([3e38], [1, 1]), of([3e38], [1, 1])))).toMatchObject({ op: 'contract' });
    });

    it('names what was given so', async () => {
      expect(await firstNotFinite(mul(of([1, NaN, 2]), 2))).toMatchObject({ op: 'input', shape: [3] });
    });

    it('names the first tap that saw it', async () => {
      const h = tap(of([1, 200]), 'hidden');
      const energy = tap(exp(h), 'energy');
      expect(await firstNotFinite(sum(tap(mul(energy, 2), 'scaled')))).toMatchObject({ op: 'exp', tap: 'energy' });
    });

    it('sees taps inside a loop', async () => {
      const grow = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
        const next = tap(mul(h, exp(x)), 'growth');
        return [next, next];
      };
      const [, y] = scan(grow, of([1, 1], [1, 2]), of([40, 40, 40, 40, 40, 40], [1, 3, 2]));
      expect(await firstNotFinite(sum(y))).toMatchObject({ op: 'scan', tap: 'growth' });
    });
  });

afterAll(() => closeDevices(all));

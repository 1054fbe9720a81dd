import { matmul, openDevice, type Tensor, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { lyapunovSpectrum, type Recurrence } from '../../src/index';
import { driven, henon, type Place, scaledRotation } from './recurrences';

const exact: Place = { device: await openDevice('cpu'), dtype: 'f64' };
const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);

describe('lyapunovSpectrum', () => {
  it('is ln ρ for ρ times a rotation, every exponent of it', async () => {
    for (const rho of [0.9, 1.2]) {
      const { exponents, standardErrors } = await lyapunovSpectrum(
        scaledRotation(exact, { width: 6, steps: 60, rho, batch: 2 }),
      );
      expect(exponents).toHaveLength(6);
      for (const exponent of exponents) expect(exponent).toBeCloseTo(Math.log(rho), 12);
      for (const error of standardErrors) expect(error).toBeLessThan(1e-12);
    }
  });

  it('finds the exponents of the Hénon map, 0.419 and ln 0.3 less that', async () => {
    const { exponents, standardErrors, meanLogDeterminant } = await lyapunovSpectrum(henon(exact, 20_000), {
      discard: 100,
    });
    expect(Math.abs(exponents[0] - 0.4192)).toBeLessThan(4 * standardErrors[0]);
    expect(standardErrors[0]).toBeLessThan(0.004);
    expect(total(exponents)).toBeCloseTo(Math.log(0.3), 10); // |det| = 0.3 everywhere
    expect(meanLogDeterminant).toBeCloseTo(Math.log(0.3), 10);
  });

  it('finds ln 2 for the logistic map and ln μ for the tent map', async () => {
    const init = tensor([[0.3]], exact);
    const logistic: Recurrence<Tensor> = { step: (x) => x.mul(4).mul(x.mul(-1).add(1)), init, steps: 20_000 };
    const { exponents, standardErrors } = await lyapunovSpectrum(logistic, { discard: 10 });
    expect(Math.abs(exponents[0] - Math.LN2)).toBeLessThan(0.002);
    expect(standardErrors[0]).toBeLessThan(0.002);
    const tent: Recurrence<Tensor> = { step: (x) => x.mul(-1).add(1).minimum(x).mul(1.9), init, steps: 500 };
    expect((await lyapunovSpectrum(tent)).exponents[0]).toBeCloseTo(Math.log(1.9), 12); // the slope is ±1.9 everywhere
  });

  it('turns positive where forward Euler takes too large a step on a damped pendulum', async () => {
    // q″ = −q − 0.2·q′: |λ|² = 1, Re λ = −0.1, so a step of 2·0.1/1 is the largest that does not grow.
    const euler = (h: number): Recurrence<Tensor> => {
      const flow = tensor([[1, h], [-h, 1 - 0.2 * h]], exact); // prettier-ignore
      return { step: (q) => matmul(q, flow.transpose()), init: tensor([[1, 0]], exact), steps: 20_000 };
    };
    for (const h of [0.198, 0.202]) {
      const { exponents } = await lyapunovSpectrum(euler(h));
      const growth = Math.log(1 - 0.2 * h + h * h) / 2; // ln |1 + hλ|, of both
      expect(Math.sign(growth)).toBe(Math.sign(h - 0.2));
      for (const exponent of exponents) expect(exponent / growth).toBeCloseTo(1, 1);
    }
  });

  it('sums to the mean log |det|, whatever the recurrence, and gives the leading ones alone', async () => {
    const net = driven(exact, { width: 5, steps: 200, gain: 1.5, batch: 3 });
    const whole = await lyapunovSpectrum(net, { discard: 20 });
    expect(total(whole.exponents)).toBeCloseTo(whole.meanLogDeterminant!, 10);
    expect([...whole.exponents]).toEqual([...whole.exponents].sort((a, b) => b - a));
    const leading = await lyapunovSpectrum(net, { discard: 20, count: 2 });
    expect([leading.exponents.length, leading.meanLogDeterminant]).toEqual([2, undefined]);
    leading.exponents.forEach((exponent, i) => expect(exponent).toBeCloseTo(whole.exponents[i], 10));
    expect(whole.byRow).toHaveLength(3);
    expect(total(whole.byRow.map((row) => row[0])) / 3).toBeCloseTo(whole.exponents[0], 12);
    expect([...whole.running.at(-1)!]).toEqual([...whole.exponents].map((e) => expect.closeTo(e, 12)));
  });

  it('does not depend on how often the directions are separated', async () => {
    const net = driven(exact, { width: 4, steps: 240, gain: 1.5 });
    const often = await lyapunovSpectrum(net);
    for (const every of [2, 3, 5]) {
      const seldom = await lyapunovSpectrum(net, { every });
      seldom.exponents.forEach((exponent, i) => expect(exponent).toBeCloseTo(often.exponents[i], 7)); // the directions are about e^(2·5) apart
    }
  });

  it('says −∞ of a direction that dies', async () => {
    const flat: Recurrence<Tensor> = {
      step: (h) => h.mul(tensor([0.5, 0], exact)),
      init: tensor([[1, 1]], exact),
      steps: 5,
    };
    expect([...(await lyapunovSpectrum(flat)).exponents]).toEqual([Math.log(0.5), -Infinity]);
  });

  it('tells of its progress and stops where asked to', async () => {
    const net = scaledRotation(exact, { width: 3, steps: 1100, rho: 1 });
    const heard: number[] = [];
    await lyapunovSpectrum(net, { onProgress: (done, of) => heard.push(done, of) });
    expect(heard).toEqual([512, 1100, 1024, 1100, 1100, 1100]);
    const stop = new AbortController();
    const run = lyapunovSpectrum(net, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(run).rejects.toThrow('enough');
  });

  it.each([
    [{ count: 4 }, 'expected a count of 1 to 3 exponents, as the state has 3 numbers, got 4'],
    [{ discard: 10 }, 'expected to discard fewer than the 10 steps, got 10'],
    [{ every: 0 }, 'expected every to be a whole number of steps ≥ 1, got 0'],
    [{ blocks: 0.5 }, 'expected a whole number of blocks ≥ 1, got 0.5'],
  ])('refuses %o', async (options, message) => {
    const net = scaledRotation(exact, { width: 3, steps: 10, rho: 1 });
    await expect(lyapunovSpectrum(net, options)).rejects.toThrow(message);
  });

  it('says what is wrong with a recurrence', async () => {
    const { step, init } = scaledRotation(exact, { width: 3, steps: 10, rho: 1 });
    await expect(lyapunovSpectrum({ step, init })).rejects.toThrow('expected either xs');
    await expect(lyapunovSpectrum({ step, init, steps: 0 })).rejects.toThrow('whole number of steps ≥ 1, got 0');
    const xs = tensor([[1]], exact);
    await expect(lyapunovSpectrum({ step, init, xs: xs.reshape([1]) })).rejects.toThrow('xs [1, length, …]');
    await expect(lyapunovSpectrum({ step: () => ({ h: init }) as never, init, xs })).rejects.toThrow('none at ""');
  });
});

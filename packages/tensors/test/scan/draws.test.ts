import { afterAll, describe, expect, it } from 'vitest';
import { add, bernoulli, type Device, grad, mul, normal, Rng, scan, sum, tanh, tensor, where } from '../../src/index';
import type { Tensor } from '../../src/index';
import { range } from '../../src/shape';
import { closeDevices, devices, distance } from '../../src/testing/index';

const all = await devices();
const cpu = all[0].device!;
afterAll(() => closeDevices(all));

const [batch, length, width] = [2, 6, 5];

const zeros = (device: Device, ...shape: number[]): Tensor =>
  tensor(Array<number>(shape.reduce((a, b) => a * b)).fill(0), { shape, device });

/** Which half of the state was dropped before each step. */
async function masks(device: Device): Promise<number[]> {
  const rng = new Rng(1);
  const body = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
    const kept = bernoulli(rng, [batch, width], 0.5, { device });
    return [tanh(add(where(kept, mul(h, 2), 0), x)), where(kept, 1, 0)];
  };
  const [, drawn] = scan<Tensor, Tensor, Tensor>(body, zeros(device, batch, width), zeros(device, batch, length, 1));
  return Array.from(await drawn.data());
}

/** Of the sum over a recurrence with noise in it, with respect to its weight. */
function gradient(device: Device) {
  const rng = new Rng(3);
  const f = (w: Tensor) => {
    const body = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
      const next = tanh(add(mul(h, w), add(x, normal(rng, [batch, 1], 0, 0.3, { device }))));
      return [next, next];
    };
    return sum(scan<Tensor, Tensor, Tensor>(body, zeros(device, batch, 1), zeros(device, batch, length, 1))[1]);
  };
  return grad(f)(tensor([0.7], { device })).data();
}

describe('what a body draws', () => {
  it('is drawn anew at each step, and for each row', async () => {
    const drawn = await masks(cpu);
    const steps = range(batch * length).map((i) => drawn.slice(i * width, (i + 1) * width).join());
    expect(new Set(steps).size).toBeGreaterThan(length);
    expect(drawn.filter((kept) => kept === 1).length / drawn.length).toBeCloseTo(0.5, 0);
  });

  for (const { name, device } of all.slice(1)) {
    it.skipIf(!device)(`is the same on ${name}`, async () => expect(await masks(device!)).toEqual(await masks(cpu)));

    it.skipIf(!device)(`stays as it is for the gradient on ${name}`, async () =>
      expect(distance(await gradient(device!), await gradient(cpu))).toBeLessThan(2e-5),
    );
  }

  it('needs a row for each of the batch', () => {
    const body = (h: Tensor, x: Tensor): [Tensor, Tensor] => [add(add(h, x), normal(new Rng(1), [3])), h];
    const call = () => scan(body, zeros(cpu, 2, 3), zeros(cpu, 2, 4, 3));
    expect(call).toThrow('scan: expected random numbers [2, …] inside the body, a row for each of the batch, got [3]');
  });
});

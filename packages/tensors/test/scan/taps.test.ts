import { afterAll, describe, expect, it } from 'vitest';
import { add, type Device, matmul, scan, tanh, tap, taps, type Tensor, tensor } from '../../src/index';
import { closeDevices, devices, distance } from '../../src/testing/index';

const all = await devices();
const cpu = all[0].device!;
afterAll(() => closeDevices(all));

const [batch, length, width] = [2, 4, 3];
const numbers = (device: Device, ...shape: number[]): Tensor =>
  tensor(
    Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(3 * i + shape.length)),
    { shape, device },
  );

/** A net that taps what goes into its state, its state, and its own input. */
function net(device: Device) {
  const [w, u] = [numbers(device, 2, width), numbers(device, width, width)];
  const x = tap(numbers(device, batch, length, 2), 'input');
  const body = (h: Tensor, step: Tensor): [Tensor, []] => {
    const sum = tap(add(matmul(h, u), tap(matmul(step, w), 'from the input')), 'sum');
    return [tap(tanh(sum), 'state'), []];
  };
  return scan<Tensor, Tensor, []>(body, numbers(device, batch, width), x)[0];
}

const found = (device: Device) => new Map(taps(net(device)).map(({ name, value }) => [name, value]));

describe('taps', () => {
  it('are found outside of loops, before them and inside them, at every step', () => {
    const values = found(cpu);
    expect([...values.keys()].sort()).toEqual(['from the input', 'input', 'state', 'sum']);
    expect(values.get('input')!.shape).toEqual([batch, length, 2]);
    for (const name of ['from the input', 'sum', 'state'])
      expect(values.get(name)!.shape).toEqual([batch, length, width]);
  });

  it('are what the loop computes', async () => {
    const values = found(cpu);
    const last = await net(cpu).data();
    const states = await values.get('state')!.data();
    const sums = await values.get('sum')!.data();
    expect(Array.from(states, Math.fround)).toEqual(Array.from(sums, (s) => Math.fround(Math.tanh(s))));
    const ends = [0, 1].flatMap((b) =>
      Array.from(states.slice((b * length + length - 1) * width, (b + 1) * length * width)),
    );
    expect(ends).toEqual(Array.from(last));
  });

  for (const { name, device } of all.slice(1))
    it.skipIf(!device)(`agree on ${name}`, async () => {
      const [actual, expected] = [found(device!), found(cpu)];
      for (const [place, value] of expected)
        expect(distance(await actual.get(place)!.data(), await value.data()), place).toBeLessThan(2e-5);
    });
});

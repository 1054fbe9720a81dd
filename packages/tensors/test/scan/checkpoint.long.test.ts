import { expect, it } from 'vitest';
import { compile, grad, sum, type Tensor } from '../../src/index';
import { countingDevice } from '../../src/testing/counting-device';
import { lstm } from './cells';
import { byScan, elementsOf, tensorsOf, valuesOf } from './evaluate';

it('50 000 steps of an LSTM of 64, batch 16: all gradients within 128 MiB', async () => {
  const { device, backend } = (await countingDevice())!;
  const cell = lstm(4, 64);
  const inputs = tensorsOf(valuesOf(cell, { batch: 16, length: 50_000 }), 'f32', device);
  const step = compile((given: typeof inputs) =>
    grad((captured: Readonly<Record<string, Tensor>>) =>
      sum(byScan(cell, { ...given, captured }, { checkpoint: 224 })['last h']),
    )(given.captured),
  );
  const gradients = await elementsOf(await step(inputs));
  for (const values of Object.values(gradients)) expect(Array.from(values).every(Number.isFinite)).toBe(true);
  expect(Math.max(...Array.from(gradients.u))).toBeGreaterThan(0);
  expect(backend.residentBytes).toBeLessThan(128 * 2 ** 20);
  await device.close();
});

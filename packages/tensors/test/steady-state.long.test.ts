import { expect, it } from 'vitest';
import { countingDevice } from '../src/testing/counting-device';
import { makeStep, train } from './training-step';

it('keeps resident memory constant over 10 000 steps', async () => {
  const { device, backend } = (await countingDevice())!;
  const trained = makeStep(device, 8);
  await train(trained, 50, 5);
  const before = backend.residentBytes;
  const loss = await train(trained, 50, 10_000);
  expect(backend.residentBytes).toBe(before);
  expect(loss).toBeLessThan(0.1);
  await device.close();
});

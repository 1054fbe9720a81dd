import { defaultDevice, openDevice, setDefaultDevice, tensor } from '@hairpin/tensors';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onCpu } from '../src/frame/on-cpu';

const device = await openDevice('cpu');
beforeEach(() => setDefaultDevice(device));
afterEach(() => setDefaultDevice(undefined));

it('work in f64 has a CPU device of its own, and gives the default back', async () => {
  const third = await onCpu({ device }, () => {
    expect(defaultDevice()).not.toBe(device);
    return tensor([1], { dtype: 'f64' }).div(3).item();
  });
  expect(third).toBe(1 / 3);
  expect(defaultDevice()).toBe(device);
});

it('gives it back where the work fails', async () => {
  await expect(onCpu({ device }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(defaultDevice()).toBe(device);
});

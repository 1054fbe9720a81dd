import { afterAll, describe, expect, it } from 'vitest';
import { type Device, DeviceUnavailableError, grad, realize, tensor, type Tensor } from '../src/index';
import { weighted } from '../src/testing/gradient';
import { assertClose, closeDevices, devices } from '../src/testing/index';
import { byReference, differentiable, tensorsOf } from './contracts/evaluate';
import { samples } from './samples';
import { chains } from './samples/chains';
import type { Sample } from './samples/values';

const all = await devices();
const cpu = all[0]!.device!;
const halves = 4e-3; // eight roundings to 11 bits

const hasHalves = async (device: Device): Promise<boolean> => {
  try {
    await tensor([1], { dtype: 'f16', device }).add(1).data();
    return true;
  } catch (error) {
    if (error instanceof DeviceUnavailableError) return false;
    throw error;
  }
};

/** A sample that halves hold, with a result that rounding moves a little: not a comparison, not an index. */
const isMild = ({ f, inputs, ends = false }: Sample): boolean => {
  const isSmall = inputs.every(({ data }) => data.every((x) => Math.abs(x) < 9));
  return !ends && isSmall && f(...tensorsOf(inputs, 'f16', cpu)).dtype === 'f16';
};

const rows = Object.entries({ ...samples, model: chains.model! })
  .map(([op, list]) => [op, list.find(isMild)] as const)
  .filter((row): row is [string, Sample] => row[1] !== undefined);

describe.each(all)('halves on $name', async ({ device }) => {
  const isThere = device !== undefined && (await hasHalves(device));

  it.skipIf(!isThere).each(rows)('%s', async (_, sample) => {
    const [x, exact] = [tensorsOf(sample.inputs, 'f16', device!), tensorsOf(sample.inputs, 'f64', cpu)];
    const y = sample.f(...x);
    const specified = byReference(sample.f(...exact));
    assertClose(await y.data(), specified.data, halves);
  });

  it.skipIf(!isThere)('are rounded to the even neighbour', async () => {
    const values = [1 + 2 ** -11, 1 + 3 * 2 ** -11, 65504, 2 ** -24, 2 ** -26, -0.1];
    const x = tensor(values, { dtype: 'f16', device: device! });
    expect([...(await x.data())]).toEqual([1, 1 + 2 ** -9, 65504, 2 ** -24, 0, -0.0999755859375]);
  });

  it.skipIf(!isThere)('have gradients', async () => {
    const sample = samples.mul[0];
    const [half, exact] = [differentiable(sample, 'f16', device!)!, differentiable(sample, 'f64', cpu)!];
    const found: Tensor[] = [...grad(weighted(half.f, 1))(half.wrt)];
    await realize(...found);
    for (const [i, g] of grad(weighted(exact.f, 1))(exact.wrt).entries())
      assertClose(await found[i]!.data(), await g.data(), halves);
  });
});

describe('a device without halves', () => {
  const without = all.filter(({ name, device }) => device && name === 'webgpu at default limits');
  it.skipIf(without.length === 0)('says what to do', async () => {
    const device = without[0]!.device!;
    await expect(tensor([1], { dtype: 'f16', device }).add(1).data()).rejects.toThrow(
      'no f16 on this device (shader-f16); cast to f32',
    );
  });
});

afterAll(() => closeDevices(all));

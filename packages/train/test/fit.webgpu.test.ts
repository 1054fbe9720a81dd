import { type Device, openDevice, parameters, setDefaultDevice } from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fit, NotFiniteError, type Snapshot, snapshot } from '../src/index';
import { stopsAtOverflow } from './overflow';
import { problem } from './problem';
import { gpu, onWebGpu } from './webgpu';

/** Bytes of GPU memory that a device holds. */
async function residentOf(device: Device): Promise<{ residentBytes: () => number }> {
  const backend = (await device.backend()) as unknown as { readonly residentBytes: number };
  return { residentBytes: () => backend.residentBytes };
}

const numbers = ({ data }: Snapshot[string]) => Array.from(data as ArrayLike<number>);

/** max|a − b| over all values. */
function farthest(a: Snapshot, b: Snapshot): number {
  const differences = Object.keys(b).flatMap((path) => {
    const own = numbers(a[path]);
    return numbers(b[path]).map((value, i) => Math.abs(value - own[i]));
  });
  return Math.max(...differences);
}

describe.skipIf(!gpu)('fit on WebGPU', () => {
  let cpu: Device;
  beforeAll(async () => void (cpu = await openDevice('cpu')));
  afterAll(() => cpu.close());
  onWebGpu();

  const trained = async (device: Device | undefined) => {
    setDefaultDevice(device);
    const { step, loader } = await problem();
    const result = await fit({ step, loader, epochs: 3, learningRate: 0.1 });
    return { result, state: await snapshot(parameters(step)) };
  };

  it('goes where the CPU goes: weights, moments, counter, losses', async () => {
    const [expected, got] = [await trained(cpu), await trained(gpu)];
    expect(farthest(got.state, expected.state)).toBeLessThan(1e-4); // 21 steps of f32 on one side, double inside the ops of the other
    got.result.history.forEach(({ train }, i) => expect(train).toBeCloseTo(expected.result.history[i].train, 4));
    expect(numbers(got.state['optimizer.count'])).toEqual([21]);
  });

  it('gives the same bits for the same seed', async () => {
    expect((await trained(gpu)).state).toEqual((await trained(gpu)).state);
  });

  it('allocates nothing more after the first epoch', async () => {
    setDefaultDevice(gpu);
    const { step, loader } = await problem();
    const { residentBytes } = await residentOf(gpu!);
    const bytes: number[] = [];
    const onEpoch = () => void bytes.push(residentBytes());
    await fit({ step, loader, epochs: 8, learningRate: 0.1, onEpoch });
    expect(bytes[0]).toBeGreaterThan(0);
    expect(new Set(bytes.slice(1)).size).toBe(1);
  });

  it('stops at a loss that overflows, and names where it began', async () => {
    setDefaultDevice(gpu);
    await stopsAtOverflow();
  });

  it('never lets a NaN reach the weights', async () => {
    setDefaultDevice(gpu);
    const { step, loader, weights } = await problem({ poison: 40 });
    const error = await fit({ step, loader, epochs: 2, learningRate: 0.1 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NotFiniteError);
    const values = Object.values(await snapshot(weights)).flatMap(numbers);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(await step.isIntact.item()).toBe(0);
  });
});

import {
  compile,
  full,
  openDevice,
  type Device,
  parameter,
  parameters,
  setDefaultDevice,
  tensor,
} from '@hairpin/tensors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipByNorm, plateau, restore, SGD, snapshot, warmUp, cosine } from '../../src/index';
import { itFreezes } from './frozen';
import { make, net, optimizers } from './net';
import { schedules } from './schedules';
import { gpu, onWebGpu } from '../webgpu';

describe.skipIf(!gpu)('optimisers on WebGPU', () => {
  let cpu: Device;
  onWebGpu();
  beforeAll(async () => void (cpu = await openDevice('cpu')));
  afterAll(() => cpu.close());

  describe('frozen weights', () => itFreezes(true));

  it.each(optimizers)('%s goes where the CPU goes', async (_, optimizer) => {
    const learningRate = warmUp(cosine(0.01, { steps: 30 }), 5);
    const trained = async (device: Device | undefined) => {
      setDefaultDevice(device);
      using _ = { [Symbol.dispose]: () => setDefaultDevice(gpu) };
      const { weights, step } = net(optimizer, { learningRate, groups: { 'encoder.*': { scale: 0.5 } } });
      await make(step, 20);
      const values = await Promise.all(Object.values(weights).map(async (cell) => [...(await cell.data())]));
      step.dispose();
      return values.flat();
    };
    const [expected, got] = [await trained(cpu), await trained(gpu)];
    // f32 on one side; a small second moment magnifies its rounding
    got.forEach((w, i) => expect(Math.abs(w - expected[i])).toBeLessThan(1e-4));
  });

  it.each(schedules)('%s', async (_, makeSchedule, expected) => {
    const schedule = makeSchedule();
    const rate = compile((step: ReturnType<typeof tensor>) => schedule.at(step));
    for (const [step, value] of expected) {
      const got = await (await rate(full([], step))).item();
      expect(Math.abs(got - value)).toBeLessThan(1e-6);
    }
    rate.dispose();
  });

  it('works on a device that is not the default one', async () => {
    setDefaultDevice(cpu);
    using _ = { [Symbol.dispose]: () => setDefaultDevice(gpu) };
    const device = gpu!;
    const weights = { w: parameter(tensor([0], { device })) };
    const lowered = plateau(1, { patience: 0, factor: 0.5, device });
    const sgd = new SGD(weights, { learningRate: lowered, groups: { w: { scale: 0.5 } } });
    const step = compile((g: ReturnType<typeof tensor>) => sgd.apply(weights, { w: g }, { isSafe: true }));
    await step(tensor([-1], { device }));
    [3, 3].forEach((metric) => lowered.observe(metric));
    sgd.setScale('w', 1);
    await step(tensor([-1], { device }));
    expect(await weights.w.item()).toBe(1);
    restore(parameters(sgd), await snapshot(parameters(sgd)));
    lowered.observe(3);
    await step(tensor([-1], { device }));
    expect(await weights.w.item()).toBe(1.25);
  });

  it('lowers the rate of a compiled step on a plateau, and compiles nothing again', async () => {
    const weights = { w: parameter(tensor([0])) };
    const lowered = plateau(1, { patience: 1, factor: 0.5 });
    const sgd = new SGD(weights, { learningRate: lowered });
    let traces = 0;
    const step = compile(() => {
      traces++;
      sgd.apply(weights, clipByNorm({ w: tensor([-8]) }, 1), { isSafe: true });
    });
    const moved: number[] = [];
    for (const metric of [3, 3, NaN, 2, 2, 2, 2]) {
      const before = await weights.w.item();
      await step();
      moved.push((await weights.w.item()) - before);
      lowered.observe(metric);
    }
    const expected = [1, 1, 1, 0.5, 0.5, 0.5, 0.25];
    moved.forEach((got, i) => expect(got).toBeCloseTo(expected[i], 5));
    expect([traces, step.plans]).toEqual([1, 1]);
  });
});
